import type { Seen } from './landing.ts'
import { activate, type Walker } from './walker.ts'
import type { Way } from './ways.ts'

/**
 * A way that leaves the studio or stays on the spot: its address is checked, not followed.
 * @returns false where it is a way within the studio
 */
export async function outward(
  walker: Walker,
  here: Seen,
  way: Way,
  report: (problem: string) => void,
): Promise<boolean> {
  if (way.kind !== 'link') return false
  if (!way.href) {
    report('has no address')
    return true
  }
  if (way.href.startsWith('mailto:')) {
    if (!/^mailto:[^@\s]+@[^@\s]+\.\w+/.test(way.href)) report(`writes to ${way.href}`)
    return true
  }
  const { origin, pathname, hash } = new URL(way.href)
  if (hash && way.href.replace(hash, '') === here.address) {
    await spot(walker, way, hash.slice(1), report)
    return true
  }
  if (origin === new URL(here.address).origin && /^\/studio(\/|$)/.test(pathname)) return false
  if (origin !== new URL(here.address).origin) return true
  const { status } = await fetch(way.href, { headers: { Cookie: walker.owner.cookie } })
  if (status !== 200) report(`leads to ${way.href}, which answers ${status}`)
  if (pathname.startsWith('/p/') && !way.newTab) report('leaves the studio in its own tab')
  return true
}

/** A link to a spot of this very page takes the focus there. */
async function spot(walker: Walker, way: Way, id: string, report: (problem: string) => void): Promise<void> {
  await activate(walker, way)
  const isThere = await walker.tab.evaluate(
    name => document.getElementById(name)?.contains(document.activeElement) ?? false,
    id,
  )
  if (!isThere) report(`does not take the focus to #${id}`)
  await walker.tab.goBack()
}
