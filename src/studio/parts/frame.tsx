import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import type { Me } from '../../contract/shapes.ts'
import { useWaiting } from '../api/leads.ts'
import { useFollow, useLive } from '../api/live.ts'
import { useLoginRefused } from '../api/login.ts'
import { counted } from '../format/count.ts'
import { t } from '../texts.ts'
import { AccountButton } from './account_button.tsx'
import { BrandMark } from './brand.tsx'
import controls from './controls.module.css'
import css from './frame.module.css'
import { Hidden } from './hidden.tsx'
import { Link, usePath } from './link.tsx'
import { Lost } from './lost.tsx'
import { Dot } from './mark.tsx'
import { Safe } from './safe.tsx'
import { UndoBar } from './undo_bar.tsx'

// After the first paint; without a connection the code cannot come, and the screen does without it.
const WaitingWords = lazy(() =>
  new Promise(painted => setTimeout(painted, 300))
    .then(() => import('./waiting_words.tsx'))
    .catch(() => ({ default: () => [] })),
)
// A new version of the studio has other files: the login is then asked for by a new document, and the words wait there.
const LogInSheet = lazy(() =>
  import('./log_in_sheet.tsx').catch(() => {
    location.reload()
    return new Promise<never>(() => {})
  }),
)

/** The screens that show who is reading by themselves. */
const HAS_STRIP = /^\/(campaigns\/(?!new$)[^/]+)?$/

/** The bar on top and the page under it. A change of screen moves the focus to the page and scrolls to its top. */
export function Frame({ me, children }: { me: Me; children: ReactNode }) {
  useFollow()
  const refused = useLoginRefused()
  const path = usePath()
  const page = useRef<HTMLElement>(null)
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    // a screen that begins in a field has the focus there already
    if (!page.current?.contains(document.activeElement)) page.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [path])
  return (
    <>
      <a className={css.skip} href="#main">
        {t('skip')}
      </a>
      <Bar me={me} path={path} />
      <main className={css.page} id="main" ref={page} tabIndex={-1}>
        <Suspense fallback={null}>
          <WaitingWords />
        </Suspense>
        <Safe key={path}>{children}</Safe>
      </main>
      <Lost />
      <UndoBar />
      {refused && (
        <Suspense fallback={null}>
          <LogInSheet email={me.email} />
        </Suspense>
      )}
    </>
  )
}

function Bar({ me, path }: { me: Me; path: string }) {
  const live = useLive()
  const waiting = useWaiting().total
  const at = (start: string) => (path === start || path.startsWith(`${start}/`) ? 'page' : undefined)
  return (
    <header className={css.bar}>
      <div>
        <Link className={css.brand} href="/" aria-label="Pitchbeat">
          <BrandMark />
          <span>Pitchbeat</span>
        </Link>
        <nav aria-label={t('nav_main')}>
          <Link href="/" aria-current={path === '/' ? 'page' : at('/campaigns')}>
            {t('campaigns')}
          </Link>
          <Link href="/leads" aria-current={at('/leads')}>
            {t('leads')}
            {waiting > 0 && (
              <>
                {' '}
                <span className={css.count}>
                  <span aria-hidden="true">{counted(waiting)}</span>
                  <Hidden>{t('leads_waiting', { count: waiting })}</Hidden>
                </span>
              </>
            )}
          </Link>
          <Link href="/settings" aria-current={at('/settings')}>
            {t('settings')}
          </Link>
        </nav>
        {live.length > 0 && !HAS_STRIP.test(path) && (
          <Link
            className={`${controls.button} ${controls.quiet} ${css.pill}`}
            href={live.length === 1 ? `/campaigns/${live[0]!.campaign.id}` : '/'}
          >
            <Dot />
            {t('reading_now', { count: live.length })}
          </Link>
        )}
        <AccountButton me={me} />
      </div>
    </header>
  )
}
