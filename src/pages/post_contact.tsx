/** @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { uuidv7 } from '../contract/uuid.ts'
import { visitor } from '../gate/visitor.ts'
import type { Database } from '../store/database.ts'
import { answer } from './answer.ts'
import { KeptPage } from './bare_page.tsx'
import { Contact } from './contact.tsx'
import { type LeadForm, readLeadForm, type Wrong, wrongFields } from './lead_form.ts'
import type { Parts } from './parts.ts'
import { inTime, isLive, type LivePage, publicPage } from './public_page.ts'
import { notLive, refusalOf } from './refused_page.tsx'
import { pathsOf } from './setting.ts'
import { settingOf } from './show_page.tsx'
import { isOut, isPrivate, sessionOf } from './visit.ts'

type Saved = 'stored' | 'repeat' | 'conflict' | 'erased' | 'unknown_link' | 'link_off'

/** Takes a message. Whatever keeps it from being stored, the text comes back with the answer. */
export async function postContact(c: Context, parts: Parts) {
  const slug = c.req.param('slug')!
  const lead = await readLeadForm(c.req.raw)
  try {
    await parts.gate.pass('pages', c)
    await parts.gate.pass('leads', c)
    const found = await publicPage(parts.database, slug)
    if (!found || !isLive(found)) return notLive(c, found)
    if (!found.published.pages.contact.form) return notLive(c, null)
    const sent = () => c.redirect(`${pathsOf(slug).contact}?sent`, 303)
    if (lead.website !== '') return sent()
    const wrong = wrongFields(lead)
    if (Object.keys(wrong).length > 0) return unsent(c, slug, found, parts, { lead, wrong })
    const saved = await save(c, slug, found, lead, parts)
    if (saved === 'unknown_link') return notLive(c, null)
    return saved === 'link_off' ? notLive(c, { ...found, state: 'off' }) : sent()
  } catch (error) {
    return kept(c, slug, lead, error)
  }
}

async function unsent(
  c: Context,
  slug: string,
  found: LivePage,
  parts: Parts,
  unsentLead: { lead: LeadForm; wrong: Wrong },
) {
  const setting = await settingOf(c, slug, found, parts, 'contact')
  return answer(c, {
    html: <Contact setting={setting} indexable={false} unsent={unsentLead} />,
    look: found.published.pages.look,
    status: 422,
  })
}

/**
 * One transaction stores lead, session and event. The same id with other words is another message, unless the owner erased
 * the first: its words are gone, so nothing tells another from it. A session is believed
 * with the ticket of its page alone: a form could name any.
 */
async function save(c: Context, slug: string, found: LivePage, lead: LeadForm, parts: Parts): Promise<Saved> {
  const { campaign_id, link_id } = found
  const received_at = Date.now()
  const isPrivateVisit = isPrivate(c)
  const ticket = parts.gate.ticket(lead.ticket, slug)
  const believed = ticket?.flags.hosted && ticket.link_id === link_id && !isOut(c) ? ticket : null
  const session = believed && (lead.session ?? sessionOf(c, slug))
  const content = {
    campaign_id,
    link_id,
    name: lead.name,
    email: lead.email,
    message: lead.message,
    received_at,
    session: session && {
      id: session,
      open_id: believed.open_id,
      served_at: believed.served_at,
      window_ms: believed.window_ms,
      flags: believed.flags,
      private: isPrivateVisit,
      ua: visitor(c.req.header('user-agent'), !isPrivateVisit),
      page: 'contact',
    },
  }
  const saved = await saveLead(parts.database, { ...content, lead_id: lead.lead_id })
  return saved === 'conflict' ? saveLead(parts.database, { ...content, lead_id: uuidv7() }) : saved
}

async function saveLead(database: Database, lead: object): Promise<Saved> {
  const saving = database.as({ role: 'service_role' }, query =>
    query<{ outcome: Saved }>('select internal.save_lead($1::jsonb) as outcome', [JSON.stringify(lead)]),
  )
  const [row] = await inTime(saving)
  return row!.outcome
}

/** The database is away or the limit reached: the form alone, with its text. Anything else is no fault of the message. */
function kept(c: Context, slug: string, lead: LeadForm, error: unknown) {
  const refusal = refusalOf(error)
  if (refusal?.problem !== 'unavailable' && refusal?.problem !== 'too_many_requests') throw error
  const away = refusal.problem === 'unavailable'
  const action = pathsOf(encodeURIComponent(slug)).contact
  return answer(c, {
    html: <KeptPage action={action} lead={lead} reason={away ? 'kept_unavailable' : 'kept_busy'} />,
    look: null,
    status: away ? 503 : 429,
    retryAfterS: refusal.options.retryAfterS ?? 10,
  })
}
