import { defineCommand } from 'citty'
import { readConfig } from '../config.ts'
import { backup } from '../store/backup.ts'
import { progressBar } from './progress_bar.ts'
import type { OpenSystem } from './system.ts'

export function backupCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: {
      name: 'backup',
      description: 'Write everything to one file. An embedded server must be stopped first.',
    },
    args: {
      file: {
        type: 'positional',
        description: 'Where to, such as pitchbeat-2026-11-24.jsonl.gz',
        required: true,
      },
    },
    async run({ args }) {
      const system = await openSystem(readConfig())
      const waiting = await system.queue.depth()
      const bar = progressBar('Backing up')
      const rows = await backup(system.store.pool, args.file, (done, total) => bar.to(done / total)).finally(
        () => system.close(),
      )
      bar.done(`${rows} rows are in ${args.file}.`)
      if (waiting > 0 && system.config.REDIS_URL)
        process.stderr.write(
          `${waiting} entries still wait in Redis; run "pitchbeat worker --once" and back up again to have them in the file.\n`,
        )
    },
  })
}
