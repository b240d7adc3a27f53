/** @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { ProblemName } from '../contract/problem.ts'
import { isAway } from '../gate/away.ts'
import { Refusal } from '../gate/problem.ts'
import { answer } from './answer.ts'
import { BarePage, GonePage, type Saying } from './bare_page.tsx'
import type { PublicPage } from './public_page.ts'

/** How a refusal is said to a person. */
const PAGES: Partial<Record<ProblemName, readonly [status: 403 | 413 | 415 | 429 | 503, Saying]>> = {
  forbidden: [403, 'elsewhere'],
  too_large: [413, 'too_large'],
  unsupported_media_type: [415, 'not_a_form'],
  too_many_requests: [429, 'busy'],
  unavailable: [503, 'unavailable'],
}
/** A database that went away is usually back within seconds; this is when to look again. */
export const AWAY_RETRY_S = 10

/** The refusal behind an error, where it is one: a database that is away is `unavailable`. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  return isAway(error)
    ? new Refusal('unavailable', 'The database is not reachable.', { retryAfterS: AWAY_RETRY_S })
    : null
}

/** Errors of the page routes, as pages. What is our own fault goes on to the server's log and answer. */
export function refusedPage(error: Error, c: Context): Response | Promise<Response> {
  const refusal = refusalOf(error)
  const known = refusal && PAGES[refusal.problem]
  if (!known) throw error
  const [status, saying] = known
  const { retryAfterS } = refusal.options
  return answer(c, {
    html: <BarePage saying={saying} />,
    look: null,
    status,
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  })
}

/** For people at an address that nothing answers: one below /p/ was cut off in a mail, any other was mistyped. */
export function notFoundPage(c: Context): Promise<Response> {
  const saying = c.req.path.startsWith('/p/') ? 'not_found' : 'nowhere'
  return answer(c, { html: <BarePage saying={saying} />, look: null, status: 404 })
}

/** 404 for a link nobody made or that has nothing published, 410 for one that was: nothing is counted on either. */
export function notLive(c: Context, page: PublicPage | null): Response | Promise<Response> {
  if (page === null || page.state === 'draft' || page.state === 'live')
    return answer(c, { html: <BarePage saying="not_found" />, look: null, status: 404 })
  const look = page.published?.pages.look ?? null
  return answer(c, {
    html: (
      <GonePage
        look={look}
        language={page.language || 'en'}
        words={page.gone_text}
        name={page.published?.pages.summary.name ?? ''}
      />
    ),
    look,
    status: 410,
  })
}
