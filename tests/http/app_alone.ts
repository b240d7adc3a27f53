import type { Pool } from 'pg'
import { pino } from 'pino'
import { createAccounts } from '../../src/accounts/accounts.ts'
import { campaignRoutes } from '../../src/campaigns/routes.ts'
import { collectRoutes } from '../../src/collect/routes.ts'
import { sampleCampaign } from '../../src/commands/sample_campaign.ts'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import { createApp } from '../../src/http/app.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { notFoundPage } from '../../src/pages/refused_page.tsx'
import { pageRoutes } from '../../src/pages/routes.ts'
import type { Queue } from '../../src/queue/queue.ts'
import { reportRoutes } from '../../src/reports/routes.ts'
import type { Database } from '../../src/store/database.ts'

/** Every route as it is mounted, with nothing behind the doors: for what neither a database nor a queue is asked for. */
export function appAlone({ baseUrl = 'http://localhost:4000' } = {}): ReturnType<typeof createApp> {
  const nowhere = () => Promise.reject(new Error('nothing is behind this door'))
  const database = { as: nowhere } as unknown as Database
  const queue = { push: nowhere, depth: nowhere } as unknown as Queue
  const log = pino({ level: 'silent' })
  const secret = 'a secret of more than thirty-two characters, for tests'
  const gate = createGate({ secrets: [secret], trustedProxies: [], limiters: memoryLimiters(1) })
  const pool = { connect: nowhere, query: nowhere } as unknown as Pool
  const signUp = 'closed' as const
  const { routes, asker, ownerOf } = createAccounts({ pool, database, gate, secret, baseUrl, signUp, log })
  const window = { kind: 'sliding' as const, ms: 1, max_ms: 1, idle_ms: 1 }
  const tracker = { script: '', hash: 'none' }
  return createApp({
    rooms: {
      collect: collectRoutes({ gate, queue, queueMax: 1, baseUrl }),
      pages: pageRoutes({ gate, database, queue, baseUrl, window, tracker, ownerOf, asker }),
      accounts: routes,
      campaigns: campaignRoutes({ database, asker, baseUrl, sample: sampleCampaign(database) }),
      reports: reportRoutes({ database, asker }),
    },
    limit: gate.limit,
    standing: nowhere,
    drain: nowhere,
    metrics: createMetrics({ depth: nowhere, standing: nowhere }),
    serviceKey: undefined,
    metricsToken: undefined,
    studio: { folder: 'src/studio', bringsLogin: async () => false },
    notFoundPage,
    baseUrl,
    log,
  })
}
