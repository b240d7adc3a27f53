import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAccounts } from '../accounts/accounts.ts'
import { campaignRoutes } from '../campaigns/routes.ts'
import { collectRoutes } from '../collect/routes.ts'
import { WINDOW_MAX_FACTOR } from '../contract/timings.ts'
import type { SessionWindow } from '../contract/wire.ts'
import { createGate } from '../gate/gate.ts'
import { createApp } from '../http/app.ts'
import { createMetrics } from '../http/metrics.ts'
import { opensLost } from '../pages/record_open.ts'
import { notFoundPage } from '../pages/refused_page.tsx'
import { pageRoutes } from '../pages/routes.ts'
import { reportRoutes } from '../reports/routes.ts'
import { packageRoot } from '../store/read_sql.ts'
import { drain } from '../worker/drain.ts'
import type { Worker } from '../worker/worker.ts'
import { sampleCampaign } from './sample_campaign.ts'
import type { System } from './system.ts'

/** A database that does not answer within this long is not ready for requests, in milliseconds. */
const READY_MS = 1_000

/** The tracker as the build left it. */
function builtTracker(): { script: string; hash: string } {
  try {
    const script = readFileSync(join(packageRoot, 'dist/tracker/pb.js'), 'utf8')
    const hash = readFileSync(join(packageRoot, 'dist/tracker/hash'), 'utf8').trim()
    return { script, hash }
  } catch {
    throw new Error('The tracker is not built yet. Run "npm run build" first.')
  }
}

/**
 * Assembles the web role out of an opened system.
 * @param worker the worker of this process, where one runs here
 * @param going true once the process is going down: readiness fails first
 */
export function assemble(system: System, worker: Worker | undefined, going: () => boolean) {
  const { config, log, store, queue } = system
  const { database, pool } = store
  const sliding = config.SESSION_WINDOW === 'sliding'
  const window: SessionWindow = {
    kind: config.SESSION_WINDOW,
    ms: config.WINDOW_MS,
    max_ms: sliding ? config.WINDOW_MS * WINDOW_MAX_FACTOR : config.WINDOW_MS,
    idle_ms: config.IDLE_MS,
  }
  const gate = createGate({
    secrets: system.secrets,
    trustedProxies: config.TRUSTED_PROXIES,
    limiters: system.limiters,
  })
  const baseUrl = config.BASE_URL
  const accounts = createAccounts({
    pool,
    database,
    gate,
    secret: system.secret,
    baseUrl,
    signUp: config.SIGN_UP,
    log,
  })
  const { asker, ownerOf } = accounts
  const metrics = createMetrics({
    depth: () => queue.depth(),
    blocked: () => worker?.status().blocked ?? false,
    opensLost,
  })
  const app = createApp({
    rooms: {
      collect: collectRoutes({
        gate,
        queue,
        queueMax: config.QUEUE_MAX,
        baseUrl,
        answered: status => metrics.answered('p', status),
      }),
      pages: pageRoutes({ gate, database, queue, baseUrl, window, tracker: builtTracker(), ownerOf, asker }),
      accounts: accounts.routes,
      campaigns: campaignRoutes({ database, asker, baseUrl, sample: sampleCampaign(database) }),
      reports: reportRoutes({ database, asker }),
    },
    limit: gate.limit,
    async ready() {
      const [databaseUp, depth] = await Promise.all([
        database
          .as({ role: 'service_role' }, query => query('select 1'), READY_MS)
          .then(
            () => true,
            () => false,
          ),
        queue.depth().catch(() => -1),
      ])
      const status = worker?.status()
      return {
        ok: !going() && databaseUp && depth >= 0 && !status?.blocked,
        database: databaseUp,
        queue: depth >= 0,
        worker_lag_s: status ? (depth === 0 ? 0 : status.lag_s) : null,
        durable: await system.durable().catch(() => false),
      }
    },
    drain: budget => drain({ queue, database, log, leaseMs: config.LEASE_MS, pace: system.pace, ...budget }),
    metrics,
    serviceKey: config.SERVICE_KEY,
    metricsToken: config.METRICS_TOKEN,
    studio: { folder: join(packageRoot, 'dist/studio'), bringsLogin: accounts.bringsLogin },
    notFoundPage,
    baseUrl,
    log,
  })
  return { app, accounts }
}
