import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAccounts } from '../accounts/accounts.ts'
import { campaignRoutes } from '../campaigns/routes.ts'
import { collectRoutes } from '../collect/routes.ts'
import { WINDOW_MAX_FACTOR } from '../contract/timings.ts'
import type { SessionWindow } from '../contract/wire.ts'
import { createGate } from '../gate/gate.ts'
import { createApp } from '../http/app.ts'
import type { Standing } from '../http/health.ts'
import type { Metrics } from '../http/metrics.ts'
import { notFoundPage } from '../pages/refused_page.tsx'
import { pageRoutes } from '../pages/routes.ts'
import { reportRoutes } from '../reports/routes.ts'
import { packageRoot } from '../store/read_sql.ts'
import { drain } from '../worker/drain.ts'
import { sampleCampaign } from './sample_campaign.ts'
import type { System } from './system.ts'

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
 * @param standing how this process stands, for load balancers
 * @param metrics counts its answers
 */
export function assemble(system: System, standing: () => Promise<Standing>, metrics: Metrics) {
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
    standing,
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
