import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BatchEntry } from '../src/contract/entry.ts'
import { uuidv7 } from '../src/contract/uuid.ts'
import { redisQueue } from '../src/queue/redis.ts'
import type { LinkOfLoad } from '../tests/faults/load.ts'
import { bundle } from '../tests/servers/bundle.ts'
import { startChild } from '../tests/servers/child.ts'
import { startBench } from './bench_rig.ts'
import { grouped, median, round } from './figures.ts'
import type { Measure } from './measure.ts'

const PARTS = 5
const EVENTS_PER_BATCH = 5
const CAMPAIGNS = 5_000

/**
 * The worker from a backlog to committed, and COPY of equally many event rows, by turns. A million events in five parts:
 * each part is one run.
 * @param scale 1 = 1 000 000 events
 */
export async function save(scale = 1): Promise<Measure> {
  const perPart = Math.round((200_000 * scale) / PARTS)
  const rig = await startBench({ redis: true, campaigns: CAMPAIGNS })
  await rig.pool.query(
    `create table floor_events (campaign_id uuid, session_id uuid, id uuid, type text, view_id uuid, label text,
       target text, at timestamptz, claimed boolean, primary key (campaign_id, session_id, id));
     create index on floor_events (campaign_id, at)`,
  )
  const queue = await redisQueue(rig.redis!.url)
  const runs = { floor: [] as number[], ours: [] as number[] }
  let stored = 0
  for (let part = 0; part < PARTS; part++) {
    const entries = backlog(rig.links, perPart)
    const events = entries.length * EVENTS_PER_BATCH
    runs.floor.push(await copy(entries, events))
    for (let i = 0; i < entries.length; i += 500) await queue.push(entries.slice(i, i + 500))
    const done = await workOnce()
    if (done.remaining !== 0) throw new Error(`the worker left ${done.remaining} entries`)
    stored += done.stored
    runs.ours.push(events / (done.ms / 1000))
  }
  await queue.close()
  await rig.stop()
  const [low, ours] = [median(runs.floor), median(runs.ours)]
  return {
    name: 'save',
    what: `One worker from a backlog in Redis to committed, ${PARTS} parts of ${grouped(perPart * EVENTS_PER_BATCH)} events in ${grouped(perPart)} batches, ${grouped(CAMPAIGNS)} campaigns, two batches a session, 2 % sent twice; floor: COPY of equally many event rows into one table with its primary key and one index.`,
    lines: [
      ['floor', `${grouped(low)} rows/s`],
      ['ours', `${grouped(ours)} events/s (and their sessions, views, parts, sums)`],
      ['ours ÷ floor', `**${round(ours / low, 2)}** (wanted ≥ 0.25, aim 0.5)`],
      ['items stored', grouped(stored)],
      ['runs, floor', runs.floor.map(grouped).join(', ')],
      ['runs, ours', runs.ours.map(grouped).join(', ')],
    ],
    failed: [],
  }

  async function copy(entries: BatchEntry[], events: number): Promise<number> {
    const path = join(tmpdir(), `pitchbeat-floor-${process.pid}.csv`)
    const lines = entries.flatMap(entry =>
      entry.body.events.map(event =>
        [
          entry.campaign_id,
          entry.body.session,
          uuidv7(),
          event.type,
          event.view,
          event.label,
          event.target,
          new Date(entry.received_at).toISOString(),
          'f',
        ].join(','),
      ),
    )
    writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o644 })
    const begun = performance.now()
    await rig.pool.query(`copy floor_events from '${path}' with (format csv)`)
    return events / ((performance.now() - begun) / 1000)
  }

  async function workOnce(): Promise<{ stored: number; remaining: number; ms: number }> {
    const child = startChild(['node', await bundle(), 'worker', '--once'], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...rig.env },
    })
    const { code } = await child.gone
    if (code !== 0)
      throw new Error(`worker --once ended with ${code}:\n${child.stderr.slice(-20).join('\n')}`)
    return JSON.parse(child.stdout.at(-1)!)
  }
}

/** Two batches a session with growing time, in random order, 2 % of them again. */
function backlog(links: LinkOfLoad[], batches: number): BatchEntry[] {
  const entries: BatchEntry[] = []
  while (entries.length < batches) {
    const link = links[Math.floor(Math.random() * links.length)]!
    const session = uuidv7()
    const view = uuidv7()
    for (const active_ms of [12_000, 31_000]) entries.push(entryOf(link, session, view, active_ms))
  }
  for (let i = 0; i < batches * 0.02; i++)
    entries[Math.floor(Math.random() * batches)] = entries[Math.floor(Math.random() * batches)]!
  return entries
    .map(entry => ({ entry, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry)
}

function entryOf(link: LinkOfLoad, session: string, view: string, active_ms: number): BatchEntry {
  const now = Date.now()
  return {
    kind: 'batch',
    received_at: now - Math.floor(Math.random() * 86_400_000),
    campaign_id: link.campaign_id,
    link_id: link.link_id,
    open_id: null,
    served_at: now - 90_000_000,
    flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
    private: false,
    ua: { class: 'person', device: 'desktop', browser: 'Firefox', os: 'Linux', hash: 'a'.repeat(64) },
    body: {
      session,
      state: 'reading',
      input: true,
      automated: false,
      views: [{ id: view, page: 'case_studies', active_ms, scroll: 64, parts: { bolt: active_ms } }],
      events: Array.from({ length: EVENTS_PER_BATCH }, () => ({
        id: uuidv7(),
        type: 'external_link' as const,
        view,
        ago_ms: 1_200,
        label: 'See the prototype',
        target: 'https://example.com/prototype',
      })),
    },
  }
}
