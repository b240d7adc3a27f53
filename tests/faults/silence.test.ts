import { afterEach, expect, test } from 'vitest'
import { ownerOf } from '../servers/owner.ts'
import type { Pitchbeat } from '../servers/pitchbeat.ts'
import { type FaultyProxy, startProxy } from '../servers/proxy.ts'
import { until } from '../servers/until.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { REFUSED_WITHIN_MS, sendAll } from './send.ts'

const SILENT_MS = 12_000
/** How soon after the network's return the worker goes on. */
const BACK_WITHIN_MS = 10_000
/** How long an owner's question may hold the database; a second more for the answer on a busy machine. */
const OWNER_MS = 11_000

let rig: Rig
/** between every role and PostgreSQL */
let proxy: FaultyProxy | undefined
afterEach(async () => {
  await rig?.stop()
  await proxy?.stop()
  proxy = undefined
})

const throughProxy = {
  postgresPort: async (postgres: { port: number }) => {
    proxy = await startProxy(postgres.port)
    return proxy.port
  },
}

async function readiness(web: Pitchbeat) {
  const answer = await fetch(`${web.url}/health/ready`)
  return { status: answer.status, ...((await answer.json()) as { database: boolean }) }
}

/** Asks as the owner, and answers what was said and how long it took. */
async function ask(web: Pitchbeat, cookie: string, path: string) {
  const begun = performance.now()
  const answer = await fetch(web.url + path, { headers: { cookie } })
  const body = (await answer.json()) as { type?: string; detail?: string }
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body,
    ms: performance.now() - begun,
  }
}

test.each([
  ['web and worker apart, the queue in Redis', { apart: true, redis: true }],
  ['web and worker apart, the queue in a table', { apart: true, redis: false }],
  ['both in one process, the queue in Redis', { apart: false, redis: true }],
  ['both in one process, the queue in a table', { apart: false, redis: false }],
])('%s: PostgreSQL falls silent and comes back, and the worker goes on by itself', async (name, layout) => {
  rig = await startRig(`silence, ${name}`, { ...throughProxy, ...(layout.redis ? {} : { redis: false }) })
  const web = layout.apart ? await rig.web() : await rig.all()
  if (layout.apart) await rig.worker()
  const owner = await ownerOf(web)
  const { id } = await owner.campaign()
  const received = async () =>
    Number(
      (await rig.pool.query(`select coalesce(sum(n), 0) as n from internal.tally where outcome = 'received'`))
        .rows[0].n,
    )

  const load = rig.load(350)
  let silentSince = 0
  const sending = sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      if (silentSince || acked < load.length / 3) return
      silentSince = performance.now()
      proxy!.become('black_hole')
    },
  })
  await until('the silence', () => silentSince)
  const asked = ask(web, owner.cookie, `/api/campaigns/${id}/figures`)
  await until('readiness to say so', async () => (await readiness(web)).status === 503, { timeoutMs: 5_000 })
  await until('the silence to be over', async () => {
    expect(await readiness(web)).toMatchObject({ status: 503, database: false })
    return performance.now() - silentSince > SILENT_MS
  })
  const refused = await asked
  expect(refused).toMatchObject({ status: 503, type: 'application/problem+json' })
  expect(refused.ms).toBeLessThan(OWNER_MS)

  const before = await received()
  proxy!.become('pass')
  const returned = performance.now()
  await until('the worker to go on', async () => (await received()) > before, { timeoutMs: BACK_WITHIN_MS })
  await until('readiness', async () => (await readiness(web)).status === 200, {
    timeoutMs: BACK_WITHIN_MS - (performance.now() - returned),
  })
  const { statuses, slowest503 } = await sending
  expect(statuses.get(204)).toBe(load.length)
  if (layout.redis) expect([...statuses.keys()]).toEqual([204])
  else expect(slowest503).toBeLessThan(REFUSED_WITHIN_MS)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

test('an owner’s question never holds the database longer than 10 s, and is answered with what to do', async () => {
  rig = await startRig('a question that takes too long', { redis: false })
  const web = await rig.all()
  const owner = await ownerOf(web)
  const { id } = await owner.campaign()
  const holder = await rig.pool.connect()
  await holder.query('begin; lock table internal.views in access exclusive mode')
  const waiting = async () =>
    (
      await rig.pool.query(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%campaign_views%'`,
      )
    ).rows[0].n
  const asked = ask(web, owner.cookie, `/api/campaigns/${id}/reports/pages`)
  await until('the question to wait', waiting)
  const answer = await asked
  expect(answer).toMatchObject({ status: 503, type: 'application/problem+json' })
  expect(answer.body).toMatchObject({
    type: '/problems/unavailable',
    detail: expect.stringMatching(/did not answer in time.*fewer days/),
  })
  expect(answer.ms).toBeLessThan(OWNER_MS)
  expect(await waiting()).toBe(0)
  await holder.query('rollback')
  holder.release()
  expect((await ask(web, owner.cookie, `/api/campaigns/${id}/reports/pages`)).status).toBe(200)
})
