import type { Pool } from 'pg'
import { type Logger, pino } from 'pino'
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
import { drain } from '../../src/worker/drain.ts'

export const SECRET = 'a secret of more than thirty-two characters, for tests'
export const METRICS_TOKEN = 'a-metrics-token-of-more-than-32-characters'
export const SERVICE_KEY = 'a-service-key-of-more-than-32-characters'

/** What an app stands on, and how it is set. */
export interface Behind {
  pool: Pool
  database: Database
  queue: Queue
  secret?: string
  baseUrl?: string
  signUp?: 'open' | 'closed'
  limitFactor?: number
  log?: Logger
}

/** Every route as it is mounted, in this process, with a stand-in for the built tracker. */
export function appOf(behind: Behind) {
  const { pool, database, queue, secret = SECRET, baseUrl = 'http://localhost:4000' } = behind
  const { signUp = 'closed', limitFactor = 1, log = pino({ level: 'silent' }) } = behind
  const gate = createGate({ secrets: [secret], trustedProxies: [], limiters: memoryLimiters(limitFactor) })
  const accounts = createAccounts({ pool, database, gate, secret, baseUrl, signUp, log })
  const { routes, asker, ownerOf } = accounts
  const window = { kind: 'sliding' as const, ms: 1_800_000, max_ms: 86_400_000, idle_ms: 120_000 }
  const tracker = { script: 'console.log("tracker")', hash: 'none' }
  const standing = async () => ({
    going: false,
    database: true,
    queue: true,
    worker_lag_s: 0,
    durable: true,
    blocked: false,
    error: null,
  })
  const app = createApp({
    rooms: {
      collect: collectRoutes({ gate, queue, queueMax: 1_000_000, baseUrl }),
      pages: pageRoutes({ gate, database, queue, baseUrl, window, tracker, ownerOf, asker }),
      accounts: routes,
      campaigns: campaignRoutes({ database, asker, baseUrl, sample: sampleCampaign(database) }),
      reports: reportRoutes({ database, asker }),
    },
    limit: gate.limit,
    standing,
    drain: budget => drain({ queue, database, log, ...budget }),
    metrics: createMetrics({ depth: () => queue.depth(), standing }),
    serviceKey: SERVICE_KEY,
    metricsToken: METRICS_TOKEN,
    studio: { folder: 'src/studio', bringsLogin: async () => false },
    notFoundPage,
    baseUrl,
    log,
  })
  return { app, accounts }
}

/** The same with nothing behind the doors: for what neither a database nor a queue is asked for. */
export function appAlone({ baseUrl = 'http://localhost:4000' } = {}) {
  const nowhere = () => Promise.reject(new Error('nothing is behind this door'))
  const pool = { connect: nowhere, query: nowhere } as unknown as Pool
  const database = { as: nowhere } as unknown as Database
  const queue = { push: nowhere, depth: nowhere } as unknown as Queue
  return appOf({ pool, database, queue, baseUrl }).app
}
