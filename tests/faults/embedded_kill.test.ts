import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { ownerOf } from '../servers/owner.ts'
import { startPitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'
import { conservation } from './conservation.ts'
import { Ledger } from './ledger.ts'
import { makeLoad } from './load.ts'
import { seeded } from './random.ts'
import { sendAll } from './send.ts'

const ROUNDS = 50
const SECRET = 'a secret that outlives fifty deaths of its server'

test('kill -9 of the one process right after a 204, fifty times, loses nothing and doubles nothing', async () => {
  const random = seeded('embedded kill')
  const dataDir = mkdtempSync(join(tmpdir(), 'pitchbeat-data-'))
  const env = { SECRET, LIMIT_FACTOR: '1000', LEASE_MS: '60000' }
  const pitchbeat = await startPitchbeat({ env, dataDir })
  const owner = await ownerOf(pitchbeat)
  const campaign = await owner.campaign()
  const links = (await owner.links(campaign.id, ['Acme', 'Bolt'])).map(link => ({
    campaign_id: campaign.id,
    link_id: link.id,
    slug: link.slug,
  }))
  const ledger = new Ledger()

  for (let round = 0; round < ROUNDS; round++) {
    if (!pitchbeat.running()) await pitchbeat.start()
    const load = makeLoad(random, { links, secret: SECRET, sessions: 10 })
    const giveUp = new AbortController()
    const killAfter = ledger.ackedRequests + random.whole(1, load.length - 1)
    await sendAll(load, ledger, {
      url: () => pitchbeat.url,
      giveUp: giveUp.signal,
      onAck: acked => {
        if (acked !== killAfter) return
        pitchbeat.kill('SIGKILL')
        giveUp.abort()
      },
    })
    await until('the process to be gone', () => !pitchbeat.running())
  }

  await pitchbeat.start()
  await until('the backlog to be saved', async () => (await owner.ready()).worker_lag_s === 0, {
    timeoutMs: 20_000,
    everyMs: 200,
  })
  expect(await pitchbeat.terminate()).toBe(0)
  const store = await openEmbedded(dataDir)
  const left = await store.pool.query('select count(*)::int as n from internal.inbox')
  const found = await conservation(store.pool, ledger)
  await store.close()
  rmSync(dataDir, { recursive: true, force: true })
  process.stdout.write(`embedded kill: ${JSON.stringify({ ...found, requests: ledger.ackedRequests })}\n`)
  expect(left.rows).toEqual([{ n: 0 }])
  expect(found).toMatchObject({ broken: [], dead: 0 })
  expect(found.acked).toBeGreaterThan(20_000)
}, 1_800_000)
