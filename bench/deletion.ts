import pg from 'pg'
import { uuidv7 } from '../src/contract/uuid.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { saveBatch } from '../src/store/save_batch.ts'
import { makeCampaign } from '../tests/store/campaigns.ts'
import { act, view, visit } from '../tests/store/entries.ts'
import { startBench } from './bench_rig.ts'
import { grouped, quantile, round } from './figures.ts'
import type { Measure } from './measure.ts'

const EVERY_MS = 25
const QUIET_MS = 10_000
const LONGEST_MS = 200

/**
 * How long another owner's lead and beat wait in the database while a worker removes a large campaign.
 * @param scale 1 = 1 000 000 sessions, each with 2 views, 2 parts and 4 events
 */
export async function deletion(scale = 1): Promise<Measure> {
  const sessions = Math.round(1_000_000 * scale)
  const rig = await startBench({ redis: false, campaigns: 1 })
  const store = await openPostgres(rig.databaseUrl, { max: 8 })
  const [large, other] = [await makeCampaign(store), await makeCampaign(store, { owner: 'other' })]
  await fill(large.id, large.links[0]!)
  const service = { role: 'service_role' } as const
  const timed = async (into: number[], work: () => Promise<unknown>) => {
    const begun = performance.now()
    await work()
    into.push(performance.now() - begun)
  }
  /** Saves a beat and a lead every EVERY_MS, each beginning when it is due, until `over`. */
  async function probe(over: () => boolean | Promise<boolean>) {
    const waits = { beat: [] as number[], lead: [] as number[] }
    const running: Promise<unknown>[] = []
    for (let at = performance.now(); !(await over()); at += EVERY_MS) {
      running.push(
        timed(waits.beat, () =>
          store.database.as(service, query =>
            saveBatch(query, [visit(other).beat(20_000, [view(15_000)], [act()])]),
          ),
        ),
        timed(waits.lead, () =>
          store.database.as(service, query => query('select internal.save_lead($1)', [lead()])),
        ),
      )
      await new Promise(resolve => setTimeout(resolve, Math.max(0, at + EVERY_MS - performance.now())))
    }
    await Promise.all(running)
    return waits
  }
  const lead = () => ({
    campaign_id: other.id,
    link_id: other.links[0],
    lead_id: uuidv7(),
    name: 'Ann',
    email: 'ann@acme.example',
    message: 'Hello',
    received_at: Date.now(),
    session: null,
  })

  const worker = await rig.worker()
  const quietUntil = performance.now() + QUIET_MS
  const quiet = await probe(() => performance.now() > quietUntil)
  const begun = performance.now()
  let answered = 0
  const deleting = store.database
    .as(service, query => query('select internal.delete_campaign($1, $2)', [large.owner_id, large.id]))
    .then(() => {
      answered = performance.now() - begun
    })
  let looked = 0
  let gone = false
  const during = await probe(async () => {
    if (answered && performance.now() - looked > 1_000) {
      looked = performance.now()
      gone = (await rig.pool.query('select from internal.erasures')).rowCount === 0
    }
    return gone
  })
  const took = performance.now() - begun
  await deleting
  const { rows } = await rig.pool.query(
    'select count(*) as n from internal.sessions where campaign_id = $1',
    [large.id],
  )
  await worker.stop()
  await store.close()
  await rig.stop()
  const line = (waits: number[]) =>
    `p50 ${round(quantile(waits, 0.5))} ms, p99 ${round(quantile(waits, 0.99))} ms, longest ${round(Math.max(...waits))} ms of ${waits.length}`
  const longest = Math.max(...during.beat, ...during.lead)
  return {
    name: 'deletion',
    what: `A campaign with ${grouped(sessions)} sessions (2 views, 2 parts, 4 events each) is deleted while another owner's beat and lead are saved every ${EVERY_MS} ms, first with nothing else to do for ${QUIET_MS / 1000} s.`,
    lines: [
      ['the deletion is answered after', `${round(answered)} ms`],
      ['all its rows are gone after', `${round(took / 1000)} s`],
      ['beat, before', line(quiet.beat)],
      ['beat, meanwhile', line(during.beat)],
      ['lead, before', line(quiet.lead)],
      ['lead, meanwhile', `${line(during.lead)} (wanted ≤ ${LONGEST_MS} ms)`],
    ],
    failed: [
      ...(longest > LONGEST_MS ? [`somebody waited ${round(longest)} ms`] : []),
      ...(Number(rows[0].n) > 0 ? [`${rows[0].n} sessions are left`] : []),
    ],
  }

  /** Facts as saves would have left them, without the hour that saving them takes. */
  async function fill(campaign: string, link: string): Promise<void> {
    const made = `select md5($1::text || n)::uuid as id, n from generate_series(1, ${sessions}) n`
    // a connection of its own: those of the pool give a statement up long before a million rows are in
    const client = new pg.Client({ connectionString: rig.databaseUrl })
    await client.connect()
    const insert = (text: string) => client.query(text.replace('$1', `'${campaign}'`))
    await insert(`insert into internal.sessions (campaign_id, id, link_id, owner_id, sliding, served_at, started_at,
        last_received_at, last_state, automated, input, private, owner_device, owner_login, prefetch, ua_class,
        active_ms, view_count, acts)
      select '${campaign}', s.id, '${link}', 'owner', true, t.at, t.at, t.at + interval '1 minute', 'left', false, true,
        false, false, false, false, 'person', 20000, 2, 3
      from (${made}) s, lateral (select now() - s.n * interval '10 seconds' as at) t`)
    await insert(`insert into internal.views (campaign_id, session_id, id, page, active_ms, scroll, first_received_at,
        last_received_at)
      select '${campaign}', s.id, md5(s.id::text || v)::uuid, 'summary', 10000, 50, now(), now()
      from (${made}) s, generate_series(1, 2) v`)
    await insert(`insert into internal.view_parts (campaign_id, session_id, view_id, part, active_ms)
      select '${campaign}', s.id, md5(s.id::text || 1)::uuid, 'part-' || v, 5000 from (${made}) s, generate_series(1, 2) v`)
    await insert(`insert into internal.events (campaign_id, session_id, id, type, at, claimed)
      select '${campaign}', s.id, md5(s.id::text || 'e' || v)::uuid, 'cta_click', now(), false
      from (${made}) s, generate_series(1, 4) v`)
    await client.query('vacuum analyze')
    // what filling wrote must not be written while others are timed
    await client.query('checkpoint')
    await client.end()
  }
}
