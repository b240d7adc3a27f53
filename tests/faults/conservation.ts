import type pg from 'pg'
import type { Ledger } from './ledger.ts'

/** What a check found; `broken` is empty where the law holds. */
export interface Conservation {
  acked: number
  stored: number
  /** dead letters, entries */
  dead: number
  broken: string[]
}

interface Rows {
  sessions: { key: string; active_ms: number; acts: number }[]
  views: { key: string; session: string; active_ms: number }[]
  events: { key: string; session: string; id: string; type: string }[]
}

const SHOWN = 3

/**
 * The conservation law, on the facts as they lie in the database: what was acknowledged is stored, dropped with a reason
 * or kept as a dead letter; nothing is stored twice; nothing is stored that was not sent; sums are recounts; and
 * received = stored + duplicate + dropped + dead. Call it when the queue is empty.
 * @param pool as the login role
 * @param excused keys of items that may be missing, because the test saw them dropped or dead
 */
export async function conservation(
  pool: pg.Pool,
  ledger: Ledger,
  excused: ReadonlySet<string> = new Set(),
): Promise<Conservation> {
  const rows = await factsOf(pool)
  const broken: string[] = []
  const report = (what: string, keys: string[]) => {
    if (keys.length > 0) broken.push(`${keys.length} ${what}: ${keys.slice(0, SHOWN).join(', ')}`)
  }
  const { acked, sent } = ledger

  const sessions = new Set(rows.sessions.map(row => row.key))
  const views = new Map(rows.views.map(row => [row.key, row.active_ms]))
  const acts = rows.events.filter(row => row.type !== 'link_open')
  const events = new Set(acts.map(row => row.key))
  const missing = (keys: Iterable<string>, found: { has(key: string): boolean }) =>
    [...keys].filter(key => !found.has(key) && !excused.has(key))

  report('acknowledged sessions missing', missing(acked.sessions, sessions))
  report('acknowledged views missing', missing(acked.views.keys(), views))
  report('acknowledged events missing', missing(acked.events, events))
  report(
    'views with less time than acknowledged',
    [...acked.views]
      .filter(([key, ms]) => !excused.has(key) && (views.get(key) ?? ms) < ms)
      .map(([key]) => key),
  )
  report(
    'views with more time than was sent',
    [...views].filter(([key, ms]) => ms > (sent.views.get(key) ?? -1)).map(([key]) => key),
  )
  report(
    'sessions nobody sent',
    [...sessions].filter(key => !sent.sessions.has(key)),
  )
  report(
    'events nobody sent',
    [...events].filter(key => !sent.events.has(key)),
  )

  const ids = new Set(rows.events.map(row => row.id))
  if (ids.size !== rows.events.length) broken.push(`${rows.events.length - ids.size} event ids stored twice`)
  const opened = new Set(rows.events.filter(row => row.type === 'link_open').map(row => row.session))
  report(
    'sessions without their link_open',
    [...sessions].filter(key => !opened.has(key)),
  )

  const time = sum(rows.views.map(row => [row.session, row.active_ms]))
  const counted = sum(acts.map(row => [row.session, 1]))
  report(
    'sessions whose sums are no recount',
    rows.sessions
      .filter(row => row.active_ms !== (time.get(row.key) ?? 0) || row.acts !== (counted.get(row.key) ?? 0))
      .map(row => row.key),
  )

  const tally = await pool.query('select outcome, sum(n)::bigint as n from internal.tally group by outcome')
  const of = (test: (outcome: string) => boolean) =>
    tally.rows.filter(row => test(row.outcome)).reduce((n, row) => n + Number(row.n), 0)
  const received = of(outcome => outcome === 'received')
  const answered = of(outcome => outcome !== 'received')
  if (received !== answered) broken.push(`${received} items received, ${answered} accounted for`)
  const dead = await pool.query('select count(*)::int as n from internal.dead_letters')
  return {
    acked: acked.items,
    stored: sessions.size + views.size + events.size,
    dead: dead.rows[0].n,
    broken,
  }
}

async function factsOf(pool: pg.Pool): Promise<Rows> {
  const ask = async (text: string) => (await pool.query(text)).rows
  return {
    sessions: await ask(
      `select campaign_id || '/' || id as key, active_ms::int as active_ms, acts from internal.sessions`,
    ),
    views: await ask(
      `select campaign_id || '/' || session_id || '/' || id as key, campaign_id || '/' || session_id as session,
         active_ms from internal.views`,
    ),
    events: await ask(
      `select campaign_id || '/' || session_id || '/' || id as key, campaign_id || '/' || session_id as session, id,
         type from internal.events`,
    ),
  }
}

function sum(pairs: [string, number][]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [key, n] of pairs) sums.set(key, (sums.get(key) ?? 0) + n)
  return sums
}
