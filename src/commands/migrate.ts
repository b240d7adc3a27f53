import { defineCommand } from 'citty'
import { readConfig } from '../config.ts'
import type { OpenSystem } from './system.ts'

/** Opening a system migrates its database; this command does that and nothing else. */
export function migrateCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: { name: 'migrate', description: 'Bring the database to the present schema.' },
    async run() {
      const system = await openSystem(readConfig())
      await system.close()
      process.stdout.write('The database is up to date.\n')
    },
  })
}
