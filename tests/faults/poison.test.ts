import { createClient } from 'redis'
import { afterEach, expect, test } from 'vitest'
import { type FaultyProxy, startProxy } from '../servers/proxy.ts'
import { until } from '../servers/until.ts'
import { holdSaves } from './hold_saves.ts'
import { makePoison, type Poison } from './poison.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { post, sendAll } from './send.ts'

const STREAM = 'pitchbeat:{0}'

let rig: Rig
let stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops) await stop()
  stops = []
  await rig?.stop()
})

/** Puts bytes where collect would have put an entry. */
async function pusher(): Promise<(bytes: Buffer) => Promise<void>> {
  const client = createClient({ url: rig.redis!.url })
  client.on('error', () => {})
  await client.connect()
  stops.push(() => client.destroy())
  return async bytes => void (await client.sendCommand(['XADD', STREAM, '*', 'e', bytes]))
}

const letters = async () =>
  (
    await rig.pool.query<{ id: string; reason: string; sqlstate: string | null; payload: Buffer }>(
      'select id, reason, sqlstate, payload from internal.dead_letters order by id',
    )
  ).rows
const tally = async (outcome: string) =>
  Number(
    (await rig.pool.query('select sum(n) as n from internal.tally where outcome = $1', [outcome])).rows[0].n,
  )
const hex = (bytes: Buffer[]) => bytes.map(one => one.toString('hex')).sort()
const ending = (poison: Poison[], end: Poison['end']) => poison.filter(one => one.end === end)

test('poison among good entries: the good are stored, each bad one is a dead letter with its reason, and redrive loses and doubles none', async () => {
  rig = await startRig('poison', {})
  const web = await rig.web()
  // Halving a load takes longer than the rig's short lease, and what comes again is tallied again.
  await rig.worker({ env: { LEASE_MS: '60000' } })
  const push = await pusher()
  const poison = rig.links.flatMap(link => makePoison(rig.random, link))
  for (const { says } of poison) if (says) rig.ledger.send({ path: '', body: '', ...says })
  const left = rig.random.shuffle([...poison, ...ending(poison, 'refused')])
  const load = rig.load(400)
  const pushes: Promise<void>[] = []
  const every = Math.floor(load.length / (left.length + 2))
  await sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      const next = acked % every === 0 ? left.pop() : undefined
      if (next) pushes.push(push(next.bytes))
    },
  })
  await Promise.all(pushes)
  expect(left).toEqual([])
  for (const { says } of poison) if (says) rig.ledger.ack({ path: '', body: '', ...says })
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)

  const refused = ending(poison, 'refused').map(one => one.bytes)
  const unreadable = ending(poison, 'unreadable').map(one => one.bytes)
  const found = await letters()
  const of = (reason: string) => found.filter(one => one.reason === reason)
  expect(hex(of('refused').map(one => one.payload))).toEqual(hex(refused))
  expect(new Set(of('refused').map(one => one.sqlstate))).toEqual(new Set(['22021']))
  // Some are the same bytes whatever the link.
  expect(hex(of('unreadable').map(one => one.payload))).toEqual([...new Set(hex(unreadable))])
  expect(await tally('dropped:unknown_link')).toBe(3 * ending(poison, 'dropped').length)
  const dead = await tally('dead')

  const redriven = await rig.command('redrive')
  expect(redriven.code).toBe(0)
  await rig.settle()
  const again = await letters()
  expect(again).toHaveLength(found.length)
  expect(again.filter(one => one.reason === 'refused').every(one => Number(one.id) > found.length)).toBe(true)
  expect(await tally('dead')).toBe(dead)
  expect((await rig.command('verify')).code).toBe(0)
})

test('poison by HTTP: what can be cleaned is, and stored; what cannot be meant is refused, naming the field', async () => {
  rig = await startRig('poison by HTTP', {})
  const web = await rig.web()
  await rig.worker()
  const load = rig.load(400)
  const dirty = load.map((request, i) => {
    if (i % 5 > 0) return request
    const body = JSON.parse(request.body)
    for (const event of body.events) event.label = '\0 and \udfff'
    body.views[0].parts = { 'a\0': 5, '\ud800': 6 }
    return { ...request, body: JSON.stringify(body) }
  })
  await sendAll(dirty, rig.ledger, { url: () => web.url })
  const sample = JSON.parse(load[0]!.body)
  const spoiled = [
    ...[-1, 1e12, 0.5, '12', null].map(active_ms => ({ views: [{ ...sample.views[0], active_ms }] })),
    ...[101, -1, {}].map(scroll => ({ views: [{ ...sample.views[0], scroll }] })),
    { session: 7 },
    { state: 'dancing' },
    { events: 'none' },
    { v: 2 },
  ]
  for (const changes of spoiled)
    expect(await post(web.url, { ...load[0]!, body: JSON.stringify({ ...sample, ...changes }) })).toBe(400)
  await rig.settle()
  expect(await letters()).toEqual([])
  const cleaned = await rig.pool.query(
    `select count(*)::int as n from internal.events where label = U&'\\FFFD and \\FFFD'`,
  )
  expect(cleaned.rows[0].n).toBeGreaterThan(1_000)
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})

test('kill -9 of the worker between a dead letter and its ack: the entry comes again and is one letter', async () => {
  let proxy: FaultyProxy | undefined
  rig = await startRig('killed at a dead letter', {
    redisUrl: async redis => {
      proxy = await startProxy(redis.port)
      return `redis://127.0.0.1:${proxy.port}`
    },
  })
  stops.push(() => proxy!.stop())
  const web = await rig.web({ env: { REDIS_URL: rig.redis!.url } })
  const push = await pusher()
  const [bad] = ending(makePoison(rig.random, rig.links[0]!), 'refused')
  await push(bad!.bytes)
  const hold = await holdSaves(rig.pool)
  const worker = await rig.worker()
  await hold.waiting()
  proxy!.become('black_hole')
  await hold.release()
  await until('the dead letter', async () => (await letters()).length === 1)
  await worker.kill9()
  proxy!.become('refuse')
  proxy!.become('pass')
  expect(await rig.depth()).toBe(1)
  await sendAll(rig.load(350), rig.ledger, { url: () => web.url })
  await rig.worker()
  await rig.settle()
  expect(await letters()).toMatchObject([{ reason: 'refused', sqlstate: '22021', payload: bad!.bytes }])
  // A batch of one view and one event is three items.
  expect([await tally('dead'), (await tally('duplicate')) >= 3]).toEqual([3, true])
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})
