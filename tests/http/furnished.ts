import { uuidv7 } from '../../src/contract/uuid.ts'
import type { Caller, Studio } from '../accounts/studio.ts'
import { pages } from '../campaigns/pages.ts'
import { open, reading, save } from '../reports/readings.ts'

export type OwnerOfAll = Caller & { project: string; id: string }

/** What an owner has one of, under the names that paths of the OpenAPI document have for them. */
export interface Things {
  id: string
  link: string
  slug: string
  lead: string
  entry: string
  sid: string
  oid: string
  /** a project without campaigns */
  project: string
  token: string
  page: string
  ticket: string
  /** what deletes the campaign */
  title: string
  /** what saves its draft */
  version: number
}

/** A published campaign with a link, a session, an open and a message; a token, and a project of nothing. */
export async function furnish(studio: Studio, owner: OwnerOfAll, title = 'Private'): Promise<Things> {
  const post = async (path: string, body?: unknown) => {
    const answer = await owner.ask('POST', path, body === undefined ? {} : { body })
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`)
    return answer.body
  }
  const { id } = await post('/api/campaigns', { project_id: owner.project, title, pages: pages() })
  const at = `/api/campaigns/${id}`
  await post(`${at}/publish`)
  const [link] = (await owner.get(`${at}/links`)).items
  const common = { campaign_id: id, link_id: link.id, at: Date.now() - 60_000 }
  const unread = open(common)
  const read = reading({ ...common, pages: { summary: 20_000 } })
  await save(studio.store.database, [unread, ...read])
  const lead = uuidv7()
  const words = { name: 'Ada', email: 'ada@acme.example', message: 'Hello', received_at: common.at }
  await studio.store.database.as({ role: 'service_role' }, query =>
    query('select internal.save_lead($1::jsonb)', [
      JSON.stringify({ ...common, ...words, lead_id: lead, session: null }),
    ]),
  )
  const [session] = (await owner.get(`${at}/sessions`)).items
  const [entry] = (await owner.get(`${at}/history`)).items
  const project = await post('/api/projects', { name: 'Nothing in it' })
  const token = await post('/api/tokens', { name: 'to be ended' })
  const { ticket } = await owner.get(`/p/${link.slug}/ticket`)
  return {
    id,
    link: link.id,
    slug: link.slug,
    lead,
    entry: entry.id,
    sid: session.id,
    oid: unread.open_id,
    project: project.id,
    token: token.id,
    page: 'summary',
    ticket,
    title,
    version: (await owner.get(at)).draft_version,
  }
}

/** What `{id}` and the like are in a path: a campaign's own, but where the route is about something else. */
export function namesIn(template: string, things: Things): Record<string, unknown> {
  if (template.startsWith('/api/projects/')) return { id: things.project }
  if (template.startsWith('/api/tokens/')) return { id: things.token }
  return { ...things }
}

/** The path of a route, its names filled in; `more` for names that are none of an owner's things. */
export function pathOf(template: string, things: Things, more: Record<string, string> = {}): string {
  const all = { ...namesIn(template, things), ...more }
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (typeof all[name] !== 'string') throw new Error(`nothing is called ${name} in ${template}`)
    return encodeURIComponent(all[name])
  })
}
