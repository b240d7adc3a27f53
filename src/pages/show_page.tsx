/** @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { uuidv7 } from '../contract/uuid.ts'
import type { Page } from '../contract/words.ts'
import { answer } from './answer.ts'
import { CaseStudies } from './case_studies.tsx'
import { Contact, ContactSent } from './contact.tsx'
import type { Parts } from './parts.ts'
import { isLive, type LivePage, publicPage } from './public_page.ts'
import { recordOpen } from './record_open.ts'
import { notLive } from './refused_page.tsx'
import { pathsOf, type Setting } from './setting.ts'
import { Summary } from './summary.tsx'
import { flagsOf, isOut, sessionOf, ticketOf, trackerData } from './visit.ts'

/** Serves one of the three pages: one statement to the database, then the answer, then its open. */
export async function showPage(c: Context, page: Page, parts: Parts) {
  const slug = c.req.param('slug')!
  const found = await publicPage(parts.database, slug)
  if (!found || !isLive(found)) return notLive(c, found)
  const setting = await settingOf(c, slug, found, parts, page)
  const { indexable, published } = found
  const sent = page === 'contact' && c.req.query('sent') !== undefined
  return answer(c, {
    html: sent ? (
      <ContactSent setting={setting} />
    ) : (
      <OneOfThree page={page} setting={setting} indexable={indexable} />
    ),
    look: published.pages.look,
    indexable: indexable && !sent,
  })
}

interface OneOfThreeProps {
  page: Page
  setting: Setting
  indexable: boolean
}

export function OneOfThree({ page, setting, indexable }: OneOfThreeProps) {
  if (page === 'summary') return <Summary setting={setting} indexable={indexable} />
  if (page === 'case_studies') return <CaseStudies setting={setting} indexable={indexable} />
  return <Contact setting={setting} indexable={indexable} />
}

/**
 * Where a page stands for this reader.
 * @param page null: nothing is measured on it, so it carries no tracker
 */
export async function settingOf(
  c: Context,
  slug: string,
  found: LivePage,
  parts: Parts,
  page: Page | null,
): Promise<Setting> {
  const out = isOut(c)
  return {
    ...found.published,
    title: found.title,
    language: found.language || 'en',
    paths: pathsOf(slug),
    address: `${new URL(parts.baseUrl).host}/p/${slug}`,
    preview: false,
    out,
    script: out || page === null ? null : await script(c, slug, found, parts, page),
  }
}

/** The tracker's script with its ticket. A visit that no session knows yet is an open. */
async function script(
  c: Context,
  slug: string,
  found: LivePage,
  parts: Parts,
  page: Page,
): Promise<Record<string, string>> {
  const served_at = Date.now()
  const flags = await flagsOf(c, found, parts, true)
  const open_id = c.req.method === 'GET' && sessionOf(c, slug) === null ? uuidv7(served_at) : null
  if (open_id !== null)
    recordOpen(c, parts.queue, { page: found, open_id, served_at, flags, baseUrl: parts.baseUrl })
  const path = `/p/${slug}`
  const { name, cookie, window, ms, maxMs, idleMs } = trackerData(slug, path, parts)
  return {
    src: `/pb.${parts.tracker.hash}.js`,
    'data-ticket': ticketOf({ page: found, slug, flags, served_at, open_id }, parts),
    // without an origin: the page may be reached by another name than BASE_URL, and its policy allows only its own
    'data-api': path,
    'data-name': name,
    'data-cookie': cookie,
    'data-window': window,
    'data-ms': ms,
    'data-max-ms': maxMs,
    'data-idle-ms': idleMs,
    'data-page': page,
  }
}
