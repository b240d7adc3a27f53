import type { Published } from '../contract/published.ts'
import { Refusal } from '../gate/problem.ts'
import type { Database } from '../store/database.ts'

/** What the database knows of a link's page. */
export interface PublicPage {
  campaign_id: string
  link_id: string
  owner_id: string
  title: string
  language: string
  indexable: boolean
  gone_text: string
  published: Published | null
  allowed_origins: string[]
  retention_days: number
  lead_retention_days: number
  state: 'live' | 'off' | 'draft' | 'gone'
}

/** A link that can be read. */
export type LivePage = PublicPage & { published: Published }
export const isLive = (page: PublicPage): page is LivePage => page.state === 'live' && page.published !== null

/** Whether a link can have it; anything else in its place is no question to the database. */
export const isSlug = (text: string) => /^[a-z0-9-]{3,64}$/.test(text)

/** A database that does not answer within this long counts as away. Reading a page takes about a millisecond. */
const PATIENCE_MS = 5_000

/**
 * One statement, and no cache: a link that was switched off is off with the next request.
 * @returns null where no such link was ever made
 */
export async function publicPage(database: Database, slug: string): Promise<PublicPage | null> {
  if (!isSlug(slug)) return null
  const asking = database.as({ role: 'service_role' }, query =>
    query<PublicPage>('select * from internal.page_by_slug($1)', [slug]),
  )
  const [page] = await inTime(asking)
  return page ?? null
}

/** @throws Refusal `unavailable` where the answer takes too long */
export async function inTime<T>(asking: Promise<T>): Promise<T> {
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(
      () => reject(new Refusal('unavailable', 'The database does not answer.', { retryAfterS: 10 })),
      PATIENCE_MS,
    )
  })
  try {
    return await Promise.race([asking, late])
  } finally {
    clearTimeout(patience)
  }
}
