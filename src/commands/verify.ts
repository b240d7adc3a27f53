import { defineCommand } from 'citty'
import { readConfig } from '../config.ts'
import { LIMIT_MS } from '../store/database.ts'
import { progressBar } from './progress_bar.ts'
import type { OpenSystem } from './system.ts'

interface Difference {
  campaign_id: string
  session_id: string
  stored: unknown
  recounted: unknown
}

interface Tally {
  received: number
  stored: number
  duplicate: number
  dropped: number
  dead: number
  missing: number
}

/** Recounts every sum from its facts, campaign by campaign, and holds the tally against the conservation law. */
export function verifyCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: {
      name: 'verify',
      description: 'Recount every sum and the conservation law; exit 1 where one differs.',
    },
    async run() {
      const system = await openSystem(readConfig())
      const { database } = system.store
      const service = { role: 'service_role' } as const
      const campaigns = await database.as(
        service,
        query => query<{ id: string }>('select id from internal.counted_campaigns()'),
        LIMIT_MS.upkeep,
      )
      const bar = progressBar(`Recounting ${campaigns.length} campaigns`)
      let differences = 0
      for (const [done, { id }] of campaigns.entries()) {
        const found = await database.as(
          service,
          query => query<Difference>('select * from internal.verify($1)', [id]),
          LIMIT_MS.upkeep,
        )
        for (const one of found) process.stdout.write(`${JSON.stringify(one)}\n`)
        differences += found.length
        bar.to((done + 1) / campaigns.length)
      }
      const [tally] = await database.as(
        service,
        query => query<Tally>('select * from internal.verify_tally()'),
        LIMIT_MS.upkeep,
      )
      process.stdout.write(`${JSON.stringify(tally)}\n`)
      const holds = differences === 0 && tally?.missing === 0
      bar.done(
        holds
          ? 'Every sum is the recount of its facts; all that was received is stored, repeated, dropped or dead.'
          : `${differences} sessions differ from their facts, ${tally?.missing} items are not accounted for.`,
      )
      await system.close()
      process.exitCode = holds ? 0 : 1
    },
  })
}
