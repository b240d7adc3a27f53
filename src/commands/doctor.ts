import { defineCommand } from 'citty'
import { readConfig } from '../config.ts'
import type { OpenSystem } from './system.ts'

/** Looks at what an operator would look at first, and says it in sentences. Opening the system migrates its database. */
export function doctorCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: {
      name: 'doctor',
      description: 'Check settings, database and queue; exit 1 where something is wrong.',
    },
    async run() {
      const config = readConfig()
      const system = await openSystem(config)
      const findings: [boolean, string][] = []
      const [version] = (await system.store.pool.query<{ version: string }>('show server_version')).rows.map(
        row => Object.values(row)[0],
      )
      findings.push([
        true,
        `Database: PostgreSQL ${version}${config.DATABASE_URL ? '' : `, embedded in ${config.DATA_DIR}`}.`,
      ])
      const depth = await system.queue.depth().catch(() => -1)
      findings.push([
        depth >= 0,
        depth >= 0 ? `Queue: ${depth} entries wait.` : 'Queue: it cannot be reached.',
      ])
      const durable = await system.durable().catch(() => false)
      findings.push([
        durable,
        durable
          ? 'What was answered with 2xx survives the death of any process.'
          : 'The queue may lose what was answered with 2xx; see the warnings above.',
      ])
      const https = config.BASE_URL.startsWith('https:')
      const near = /^http:\/\/(localhost|127\.|\[::1\])/.test(config.BASE_URL)
      findings.push([
        https || near,
        https || near
          ? `BASE_URL: ${config.BASE_URL}.`
          : `BASE_URL ${config.BASE_URL} is plain http: logins can be read on the way, and browsers refuse Secure cookies.`,
      ])
      await system.close()
      for (const [well, sentence] of findings) process.stdout.write(`${well ? 'ok ' : 'NO '} ${sentence}\n`)
      process.exitCode = findings.every(([well]) => well) ? 0 : 1
    },
  })
}
