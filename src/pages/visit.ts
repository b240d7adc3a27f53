import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { TicketFlags } from '../contract/ticket.ts'
import { MINE_COOKIE, openMineCookie } from '../gate/mine.ts'
import { secureCookies } from '../gate/secure_cookies.ts'
import { originHash, sealTicket } from '../gate/ticket.ts'
import { asksForPrivacy } from '../gate/visitor.ts'
import { isUuid } from './lead_form.ts'
import type { Parts } from './parts.ts'
import type { PublicPage } from './public_page.ts'

export const OUT_COOKIE = 'pb_out'

/** The reader asked not to be counted. */
export function isOut(c: Context): boolean {
  return getCookie(c, OUT_COOKIE) === '1'
}

/** Session of this browser at this link, as its cookie says. */
export function sessionOf(c: Context, slug: string): string | null {
  const id = getCookie(c, `pb_${slug}`)?.toLowerCase()
  return isUuid(id) ? id : null
}

/** GPC or DNT. */
export function isPrivate(c: Context): boolean {
  return asksForPrivacy(name => c.req.header(name))
}

/** What is true of this request, to be signed into its ticket. Not knowing the login never keeps a page from its reader. */
export async function flagsOf(
  c: Context,
  page: PublicPage,
  { gate, ownerOf, window }: Pick<Parts, 'gate' | 'ownerOf' | 'window'>,
  hosted: boolean,
): Promise<TicketFlags> {
  const purpose = c.req.header('sec-purpose') ?? c.req.header('purpose') ?? ''
  return {
    hosted,
    sliding: window.kind === 'sliding',
    owner_device: openMineCookie(getCookie(c, MINE_COOKIE), gate.secrets) === page.owner_id,
    owner_login: (await ownerOf(c).catch(() => null)) === page.owner_id,
    prefetch: /\bprefetch\b/i.test(purpose),
  }
}

interface TicketOf {
  page: PublicPage
  slug: string
  flags: TicketFlags
  served_at: number
  open_id: string | null
}

/**
 * The ticket of one answer. Where the project lists origins, our own pages stand beside them: their requests carry an
 * Origin as well.
 */
export function ticketOf({ page, slug, flags, served_at, open_id }: TicketOf, parts: Parts): string {
  const { campaign_id, link_id, allowed_origins } = page
  const origins =
    allowed_origins.length > 0 ? [...allowed_origins, new URL(parts.baseUrl).origin].map(originHash) : []
  const window_ms = parts.window.ms
  const ticket = { campaign_id, link_id, open_id, served_at, window_ms, flags, origins }
  return sealTicket(ticket, slug, parts.gate.secrets[0])
}

/**
 * The tracker's settings by their names in `dataset`, but for ticket and api (src/tracker/settings.ts says what each is).
 * @param path of the session cookie: an embedding site's pages may lie anywhere, hence `/`
 */
export function trackerData(slug: string, path: string, { window, baseUrl }: Parts) {
  const { kind, ms, max_ms, idle_ms } = window
  return {
    name: `pb_${slug}`,
    cookie: `;path=${path};samesite=lax${secureCookies(baseUrl) ? ';secure' : ''};max-age=`,
    window: kind,
    ms: String(ms),
    maxMs: String(max_ms),
    idleMs: String(idle_ms || Infinity),
  }
}
