import { join } from 'node:path'
import { packageRoot } from '../src/store/read_sql.ts'
import { startChild } from '../tests/servers/child.ts'
import { freePort } from '../tests/servers/free_port.ts'
import { ownerOf } from '../tests/servers/owner.ts'
import { startPitchbeat } from '../tests/servers/pitchbeat.ts'
import { until } from '../tests/servers/until.ts'
import { batchRequests } from './batches.ts'
import { SECRET, startBench } from './bench_rig.ts'
import { grouped, median, round } from './figures.ts'
import { hammer } from './hammer.ts'
import type { Measure } from './measure.ts'
import { residentMb, watchMemory } from './memory.ts'

const ROUNDS = 5
const SECONDS = 4
/** Different batches, so that nothing is answered from a cache. */
const BATCHES = 30_000

async function startFloor() {
  const port = await freePort()
  const child = startChild(['node', join(packageRoot, 'bench/floor_server.js'), String(port)])
  await child.line(/listening/)
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL')
      await child.gone
    },
  }
}

/** One web process before Redis, and the floor beside it, by turns. */
export async function ingest(): Promise<Measure> {
  const rig = await startBench({ redis: true })
  const floor = await startFloor()
  const web = await rig.web()
  const requests = batchRequests(rig.links, SECRET, BATCHES)
  const idle = residentMb(web.pid)
  const stopWatching = watchMemory(web.pid)
  const runs = { floor: [] as number[], ours: [] as number[] }
  let acknowledged = 0
  let next = 0
  await hammer(web.port, requests, { seconds: 2 }).then(warm => {
    acknowledged += warm.statuses.get(204) ?? 0
    next = warm.next
  })
  await hammer(floor.port, requests, { seconds: 1 })
  for (let round = 0; round < ROUNDS; round++) {
    runs.floor.push((await hammer(floor.port, requests, { seconds: SECONDS })).perSecond)
    const ours = await hammer(web.port, requests, { seconds: SECONDS, from: next })
    next = ours.next
    const refused = [...ours.statuses].filter(([status]) => status !== 204)
    if (refused.length > 0) throw new Error(`answers other than 204: ${JSON.stringify(refused)}`)
    acknowledged += ours.statuses.get(204) ?? 0
    runs.ours.push(ours.perSecond)
  }
  const found = Number(rig.redis!.cli('xlen', 'pitchbeat:{0}'))
  const most = stopWatching()
  await floor.stop()
  await rig.stop()
  const [low, ours] = [median(runs.floor), median(runs.ours)]
  return {
    name: 'ingest',
    what: 'One `web` process, Redis with AOF everysec, 64 connections, each request a valid batch of 1 view and 2 events under the ticket of its reader (ten requests a reader), limiter in place; floor: bare node:http that reads the body and answers 204.',
    lines: [
      ['floor', `${grouped(low)} requests/s`],
      ['ours', `${grouped(ours)} batches/s`],
      ['ours ÷ floor', `**${round(ours / low, 2)}** (wanted ≥ 0.25, aim 0.4)`],
      [
        'acknowledged, then found in the stream',
        `${grouped(acknowledged)} of ${grouped(acknowledged)}, stream holds ${grouped(found)}`,
      ],
      ['memory of `web`', `${round(idle)} MB idle, at most ${round(most)} MB under this load`],
      ['runs, floor', runs.floor.map(grouped).join(', ')],
      ['runs, ours', runs.ours.map(grouped).join(', ')],
    ],
    failed:
      found < acknowledged ? [`${acknowledged - found} acknowledged batches are not in the stream`] : [],
  }
}

/** The single process with the embedded database, both roles. */
export async function embeddedIngest(): Promise<Measure> {
  const floor = await startFloor()
  const pitchbeat = await startPitchbeat({ env: { SECRET, LIMIT_FACTOR: '1000000' } })
  const owner = await ownerOf(pitchbeat)
  const campaign = await owner.campaign()
  const [link] = await owner.links(campaign.id, ['Bench'])
  const links = [{ campaign_id: campaign.id, link_id: link!.id, slug: link!.slug }]
  const requests = batchRequests(links, SECRET, BATCHES)
  const idle = residentMb(pitchbeat.pid)
  const stopWatching = watchMemory(pitchbeat.pid)
  const runs = { floor: [] as number[], ours: [] as number[] }
  let acknowledged = 0
  let next = 0
  for (let round = 0; round < ROUNDS; round++) {
    runs.floor.push((await hammer(floor.port, requests, { seconds: SECONDS })).perSecond)
    const ours = await hammer(pitchbeat.port, requests, { seconds: SECONDS, from: next })
    next = ours.next
    acknowledged += ours.statuses.get(204) ?? 0
    runs.ours.push((ours.statuses.get(204) ?? 0) / ours.seconds)
  }
  const most = stopWatching()
  const begun = performance.now()
  await until('the backlog to be saved', async () => (await owner.ready()).worker_lag_s === 0, {
    timeoutMs: 600_000,
    everyMs: 500,
  })
  const drained = (performance.now() - begun) / 1000
  await floor.stop()
  await pitchbeat.stop()
  const [low, ours] = [median(runs.floor), median(runs.ours)]
  return {
    name: 'ingest, embedded',
    what: 'The same against the single process with the embedded database, durable acks by group commit, its worker saving meanwhile.',
    lines: [
      ['floor', `${grouped(low)} requests/s`],
      ['ours', `${grouped(ours)} batches/s (aim ≥ 3 000)`],
      ['ours ÷ floor', `**${round(ours / low, 3)}**`],
      [
        'acknowledged',
        `${grouped(acknowledged)}; the rest of them was saved ${round(drained)} s after the load ended`,
      ],
      ['memory', `${round(idle)} MB idle, at most ${round(most)} MB under this load`],
      ['runs, floor', runs.floor.map(grouped).join(', ')],
      ['runs, ours', runs.ours.map(grouped).join(', ')],
    ],
    failed: [],
  }
}
