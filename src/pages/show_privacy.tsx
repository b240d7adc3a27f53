/** @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { answer } from './answer.ts'
import type { Parts } from './parts.ts'
import { Privacy } from './privacy.tsx'
import { isLive, publicPage } from './public_page.ts'
import { notLive } from './refused_page.tsx'
import { settingOf } from './show_page.tsx'

/** What is measured, and the way out. Reading this is not measured: no ticket, no tracker, no open. */
export async function showPrivacy(c: Context, parts: Parts) {
  const slug = c.req.param('slug')!
  const found = await publicPage(parts.database, slug)
  if (!found || !isLive(found)) return notLive(c, found)
  const setting = await settingOf(c, slug, found, parts, null)
  return answer(c, {
    html: <Privacy setting={setting} window={parts.window} kept={found} />,
    look: found.published.pages.look,
  })
}
