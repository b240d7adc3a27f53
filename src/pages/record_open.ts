import type { Context } from 'hono'
import type { OpenEntry } from '../contract/entry.ts'
import type { TicketFlags } from '../contract/ticket.ts'
import { visitor } from '../gate/visitor.ts'
import type { Queue } from '../queue/queue.ts'
import type { PublicPage } from './public_page.ts'
import { isPrivate } from './visit.ts'

/** One try, this long. The page is with its reader already; an open that could not be pushed was never acknowledged. */
const PATIENCE_MS = 1_000
let lost = 0

/** Opens that could not be pushed since this process began. */
export const opensLost = (): number => lost

interface Opening {
  page: PublicPage
  open_id: string
  served_at: number
  flags: TicketFlags
  /** where the reader's own site lies: coming from there is no referrer */
  baseUrl: string
}

/** Pushes an open once the page has been answered. Never throws, never waits, never tries twice. */
export function recordOpen(
  c: Context,
  queue: Queue,
  { page, open_id, served_at, flags, baseUrl }: Opening,
): void {
  const isPrivateVisit = isPrivate(c)
  const referrer = referrerOf(c, baseUrl)
  const entry: OpenEntry = {
    kind: 'open',
    received_at: served_at,
    campaign_id: page.campaign_id,
    link_id: page.link_id,
    open_id,
    served_at,
    flags,
    private: isPrivateVisit,
    ua: visitor(c.req.header('user-agent'), !isPrivateVisit),
    body: referrer === null ? {} : { referrer },
  }
  after(c, () => pushOnce(queue, entry))
}

async function pushOnce(queue: Queue, entry: OpenEntry): Promise<void> {
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error('late')), PATIENCE_MS)
  })
  try {
    await Promise.race([queue.push([entry]), late])
  } catch {
    lost++
  } finally {
    clearTimeout(patience)
  }
}

/** Runs a task once the answer is out: serverless platforms want to be told, Node goes on by itself. */
export function after(c: Context, task: () => Promise<void>): void {
  const running = new Promise<void>(resolve => setImmediate(resolve)).then(task)
  try {
    c.executionCtx.waitUntil(running)
  } catch {
    // Node's server has no execution context: nothing to tell
  }
}

/** The site a reader came from: its origin alone, as more is never shown. */
function referrerOf(c: Context, baseUrl: string): string | null {
  const given = c.req.header('referer')
  if (!given || !URL.canParse(given)) return null
  const { origin, protocol, host } = new URL(given)
  const own = origin === new URL(baseUrl).origin || host === c.req.header('host')
  return own || !/^https?:$/.test(protocol) ? null : `${origin}/`
}
