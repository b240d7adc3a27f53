import type { Pool } from 'pg'
import { pino } from 'pino'
import { beforeAll, expect, it } from 'vitest'
import { createAccounts } from '../../src/accounts/accounts.ts'
import { campaignRoutes } from '../../src/campaigns/routes.ts'
import { collectRoutes } from '../../src/collect/routes.ts'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import { createApp } from '../../src/http/app.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { pageRoutes } from '../../src/pages/routes.ts'
import type { Queue } from '../../src/queue/queue.ts'
import { reportRoutes } from '../../src/reports/routes.ts'
import type { Database } from '../../src/store/database.ts'
import type { OpenApi } from './openapi.ts'
import { OUTSIDE } from './outside.ts'

/** Every route that is mounted stands in the OpenAPI document or in the list of those outside it; wire_* asks them all. */

let app: ReturnType<typeof createApp>
let paths: OpenApi['paths']
beforeAll(async () => {
  // Nothing is asked but the document, so nothing behind the doors is needed.
  const nowhere = () => Promise.reject(new Error('nothing is behind this door'))
  const database = { as: nowhere } as unknown as Database
  const queue = { push: nowhere, depth: nowhere } as unknown as Queue
  const log = pino({ level: 'silent' })
  const secret = 'a secret of more than thirty-two characters, for tests'
  const baseUrl = 'http://localhost:4000'
  const gate = createGate({ secrets: [secret], trustedProxies: [], limiters: memoryLimiters(1) })
  const pool = { connect: nowhere, query: nowhere } as unknown as Pool
  const signUp = 'closed' as const
  const { routes, asker, ownerOf } = createAccounts({ pool, database, gate, secret, baseUrl, signUp, log })
  const window = { kind: 'sliding' as const, ms: 1, max_ms: 1, idle_ms: 1 }
  const tracker = { script: '', hash: 'none' }
  app = createApp({
    rooms: {
      collect: collectRoutes({ gate, queue, window, queueMax: 1, baseUrl }),
      pages: pageRoutes({ gate, database, queue, baseUrl, window, tracker, ownerOf, asker }),
      accounts: routes,
      campaigns: campaignRoutes({ database, asker, baseUrl }),
      reports: reportRoutes({ database, asker }),
    },
    ready: nowhere,
    drain: nowhere,
    metrics: createMetrics({ depth: nowhere, blocked: () => false, opensLost: () => 0 }),
    serviceKey: undefined,
    metricsToken: undefined,
    studio: 'src/studio',
    baseUrl,
    log,
  })
  const document = (await (await app.request('/openapi.json')).json()) as OpenApi
  paths = document.paths
})

it('documents every route that is mounted', () => {
  const listed = [paths, OUTSIDE].flatMap(list =>
    Object.entries(list).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    ),
  )
  const isListed = (route: string) =>
    route.endsWith('*') ? listed.some(one => one.startsWith(route.slice(0, -1))) : listed.includes(route)
  const mounted = app.routes
    .filter(({ method }) => method !== 'ALL')
    // the one path whose pattern is more than a name
    .map(({ method, path }) => `${method} ${path.replace(/^\/:file\{.+\}$/, '/pb.{hash}.js')}`)
    .map(route => route.replace(/:(\w+)/g, '{$1}'))
  expect(mounted.length).toBeGreaterThan(60)
  expect([...new Set(mounted)].filter(route => !isListed(route))).toEqual([])
})

it('lists nothing as outside that the document holds', () => {
  for (const [path, methods] of Object.entries(OUTSIDE))
    for (const method of Object.keys(methods))
      expect(paths[path]?.[method], `${method} ${path}`).toBeUndefined()
})
