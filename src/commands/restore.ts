import { defineCommand } from 'citty'
import { readConfig } from '../config.ts'
import { restore } from '../store/restore.ts'
import { progressBar } from './progress_bar.ts'
import type { OpenSystem } from './system.ts'

export function restoreCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: { name: 'restore', description: 'Read a backup into an empty database: all of it, or nothing.' },
    args: { file: { type: 'positional', description: 'A file that backup wrote', required: true } },
    async run({ args }) {
      const system = await openSystem(readConfig())
      const bar = progressBar('Restoring')
      const rows = await restore(
        system.store.pool,
        args.file,
        (done, total) => bar.to(done / total),
        system.log,
      ).finally(() => system.close())
      bar.done(`${rows} rows were restored. Links and logins work as before where SECRET is the same.`)
    },
  })
}
