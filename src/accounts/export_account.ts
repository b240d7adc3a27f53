import { pages } from '../gate/stream_text.ts'
import type { Database, Owner } from '../store/database.ts'

const PAGE = 500
/** a version holds pages of up to 0.9 MB */
const VERSIONS_PAGE = 20
type Keyed = { key: string; row: object }

/** What an account holds besides its campaigns' facts; each statement reads one page by key ($1 key before, $2 rows). */
const OWNED: Record<string, string> = {
  project: `select p.id as key, to_jsonb(p) - 'owner_id' as row from pitchbeat.projects p`,
  campaign: `select c.id as key, to_jsonb(c) - 'owner_id' as row from pitchbeat.campaigns c`,
  link: `select l.id as key, to_jsonb(l) as row from pitchbeat.links l`,
  // its own kind is `of` here: a line's kind says what the line is
  version: `select v.id as key, to_jsonb(v) - 'kind' || jsonb_build_object('of', v.kind) as row from pitchbeat.versions v`,
  lead: `select d.id as key, to_jsonb(d) as row from pitchbeat.leads d`,
  token: `select t.id as key, jsonb_build_object('id', t.id, 'name', t.name, 'scope', t.scope,
            'created_at', t.created_at, 'last_used_at', t.last_used_at) as row from pitchbeat.tokens t`,
}

/** What was recorded of one campaign ($3), with what belongs to a session beside it. */
const RECORDED: Record<string, string> = {
  session: `select s.id as key, to_jsonb(s) || jsonb_build_object(
      'views', (select coalesce(jsonb_agg(to_jsonb(v) - 'campaign_id' - 'session_id' order by v.id), '[]')
                from public.campaign_views v where v.campaign_id = s.campaign_id and v.session_id = s.id),
      'events', (select coalesce(jsonb_agg(to_jsonb(e) - 'campaign_id' - 'session_id' order by e.id), '[]')
                 from public.campaign_events e where e.campaign_id = s.campaign_id and e.session_id = s.id)) as row
    from public.campaign_sessions s where s.campaign_id = $3`,
  open: `select o.id as key, to_jsonb(o) as row from public.campaign_opens o where o.campaign_id = $3`,
}

/** Everything that an account holds, as JSON Lines `{kind, …}`, read page by page. */
export async function* exportAccount(
  database: Database,
  owner: Owner,
  account: { id: string; name: string; email: string },
): AsyncGenerator<string> {
  const who = { ...owner, role: 'authenticated' as const }
  const read = (kind: string, sql: string, ...more: string[]) => {
    const size = kind === 'version' ? VERSIONS_PAGE : PAGE
    return pages<Keyed>(
      after =>
        database.as(who, query =>
          query(`select * from (${sql}) t where $1::uuid is null or key > $1 order by key limit $2`, [
            after?.key ?? null,
            size,
            ...more,
          ]),
        ),
      size,
    )
  }
  const lines = (kind: string, rows: Keyed[]) =>
    rows.map(({ row }) => `${JSON.stringify({ kind, ...row })}\n`).join('')

  yield `${JSON.stringify({ kind: 'account', ...account })}\n`
  const campaigns: string[] = []
  for (const [kind, sql] of Object.entries(OWNED))
    for await (const rows of read(kind, sql)) {
      if (kind === 'campaign') campaigns.push(...rows.map(({ key }) => key))
      yield lines(kind, rows)
    }
  for (const campaign of campaigns)
    for (const [kind, sql] of Object.entries(RECORDED))
      for await (const rows of read(kind, sql, campaign)) yield lines(kind, rows)
}
