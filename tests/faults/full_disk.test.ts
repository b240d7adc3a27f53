import { afterEach, expect, test } from 'vitest'
import { type SmallDisk, startSmallDisk } from '../servers/small_disk.ts'
import { until } from '../servers/until.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { post, REFUSED_WITHIN_MS, sendAll } from './send.ts'

/** Of what a full disk makes PostgreSQL say; its log has more. */
const NO_SPACE = /No space left on device/

let rig: Rig | undefined
let disk: SmallDisk
afterEach(async () => {
  disk?.free()
  await rig?.stop()
  rig = undefined
  disk?.stop()
})

/** PostgreSQL on a disk of its own, 200 MB, where no piece of its log is used again: it needs new ones while the disk is full. */
async function onSmallDisk(name: string, redis?: false): Promise<Rig> {
  disk = startSmallDisk(200)
  const settings = { min_wal_size: '32MB', max_wal_size: '64MB', wal_recycle: 'off' }
  return startRig(name, {
    postgres: { dir: disk.dir, settings },
    ...(redis === false ? { redis } : {}),
  })
}

/** A PostgreSQL that stopped itself, as it may where its log finds no room, is started by whoever looks after it. */
async function mended(rig: Rig): Promise<void> {
  disk.free()
  if (!rig.postgres.running()) await rig.postgres.start()
  await until('PostgreSQL to answer', async () => (await rig.pool.query('select 1')).rowCount === 1)
}

test("PostgreSQL's disk full, the queue in Redis: everything is taken, the worker waits, and all is saved once there is room", async () => {
  rig = await onSmallDisk('full disk, the queue in Redis')
  const web = await rig.web()
  const worker = await rig.worker()
  const load = rig.load(400)
  let full = false
  const { statuses } = await sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      if (full || acked < load.length / 4) return
      full = true
      disk.fill()
    },
  })
  expect([...statuses.keys()]).toEqual([204])
  await until('the database to say so', () => rig!.postgres.log.some(line => NO_SPACE.test(line)))
  await until('the worker to say so', () => worker.stderr.some(line => /trying again/.test(line)))
  expect(await rig.depth()).toBeGreaterThan(0)
  expect(worker.running()).toBe(true)
  await mended(rig)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
  expect((await rig.pool.query('select from internal.dead_letters')).rowCount).toBe(0)
})

test("PostgreSQL's disk full, the queue in a table there: 503 at once, and what was kept arrives once there is room", async () => {
  rig = await onSmallDisk('full disk, the queue in a table', false)
  const web = await rig.web()
  await rig.worker()
  const load = rig.load(400)
  let full = false
  const sending = sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      if (full || acked < load.length / 4) return
      full = true
      disk.fill()
    },
  })
  await until('the disk to be full', () => full)
  await until('a refusal', async () => (await post(web.url, load[0]!)) === 503)
  expect(rig.postgres.log.some(line => NO_SPACE.test(line))).toBe(true)
  await mended(rig)
  const { statuses, slowest503 } = await sending
  expect(statuses.get(503)).toBeGreaterThan(0)
  expect(slowest503).toBeLessThan(REFUSED_WITHIN_MS)
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
  expect((await rig.pool.query('select from internal.dead_letters')).rowCount).toBe(0)
})
