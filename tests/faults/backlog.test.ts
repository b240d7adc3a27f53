import { afterEach, expect, test } from 'vitest'
import { ownerOf } from '../servers/owner.ts'
import { until } from '../servers/until.ts'
import { makeLoad } from './load.ts'
import { ENOUGH, type Rig, SECRET, startRig } from './rig.ts'
import { post, REFUSED_WITHIN_MS, type Sending, sendAll } from './send.ts'

let rig: Rig
afterEach(() => rig?.stop())

/** Entries in the stream, processed or not. */
const lengthOf = () => Number(rig.redis!.cli('xlen', 'pitchbeat:{0}'))

test('a backlog far over 10 000 entries while no worker runs: nothing of it is trimmed, and all is saved', async () => {
  rig = await startRig('backlog', {})
  const web = await rig.web({ env: { QUEUE_MAX: '1000000' } })
  // Something processed lies below the backlog, so that there is something to trim.
  const worker = await rig.worker()
  await sendAll(rig.load(50), rig.ledger, { url: () => web.url })
  await rig.settle()
  expect(await worker.terminate()).toBe(0)
  const processed = lengthOf()

  const load = rig.load(7_000, { beats: 3, says: [1, 2] })
  const { statuses } = await sendAll(load, rig.ledger, { url: () => web.url })
  expect([...statuses.keys()]).toEqual([204])
  expect(load.length).toBeGreaterThan(20_000)
  expect(await rig.depth()).toBe(load.length)
  expect(lengthOf()).toBe(processed + load.length)

  await Promise.all([rig.worker(), rig.worker()])
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(2 * ENOUGH)
  // Once it is saved it does go.
  await until('the trimming', () => lengthOf() < load.length / 1.5)
})

test.each([
  ['in Redis', undefined],
  ['in a table', false],
] as const)(
  'past QUEUE_MAX, the queue %s: 503 at once, pages as ever, and what was kept arrives',
  async (name, redis) => {
    rig = await startRig(`past QUEUE_MAX, ${name}`, redis === false ? { redis } : {})
    const web = await rig.web({ env: { QUEUE_MAX: '500' } })
    const owner = await ownerOf(web)
    const campaign = await owner.campaign()
    const links = (await owner.links(campaign.id, ['Acme', 'Bolt'])).map(link => ({
      campaign_id: campaign.id,
      link_id: link.id,
      slug: link.slug,
    }))
    const page = `${web.url}/p/${links[0]!.slug}`
    const load = makeLoad(rig.random, { links, secret: SECRET, sessions: 600 })
    const send = (part: typeof load) => sendAll(part, rig.ledger, { url: () => web.url, retryMs: 250 })
    // The depth is looked up once a second: a fast machine puts all of the load in before the first
    // look. The second half is sent only once the server refuses.
    const half = Math.ceil(load.length / 2)
    const sending = [send(load.slice(0, half))]
    await until('a refusal', async () => (await post(web.url, load[0]!)) === 503)
    sending.push(send(load.slice(half)))
    // Over and over, not for the moment of one count.
    for (let i = 0; i < 20; i++) {
      expect(await post(web.url, load[0]!)).toBe(503)
      const answer = await fetch(page)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('I make checkouts people finish.')
    }
    expect(rig.ledger.ackedRequests).toBeLessThan(load.length)
    await rig.worker()
    const [, { statuses, slowest503 }] = (await Promise.all(sending)) as [Sending, Sending]
    expect(statuses.get(503)).toBeGreaterThan(0)
    expect(slowest503).toBeLessThan(REFUSED_WITHIN_MS)
    await rig.settle()
    expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
  },
)
