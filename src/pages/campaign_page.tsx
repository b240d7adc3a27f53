/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { PAGES, type Page } from '../contract/words.ts'
import { Document } from './document.tsx'
import { nameOf, type Setting } from './setting.ts'
import { TEXT_LANGUAGE, t } from './texts.ts'

interface CampaignPageProps {
  setting: Setting
  title: string
  /** null on the privacy page, which is none of the three */
  page: Page | null
  indexable?: boolean
  children: Child
}

/** One of a campaign's pages: bar, text, notice. The tracker is the last thing in it, and deferred. */
export function CampaignPage({ setting, title, page, indexable, children }: CampaignPageProps) {
  const { pages, language, script } = setting
  const name = nameOf(setting)
  return (
    <Document
      title={setting.preview ? t('title_preview', { title }) : title}
      language={language}
      look={pages.look}
      {...(page === null ? { kind: 'plain' as const } : {})}
      card={{ title: name, description: pages.summary.sentence }}
      {...(indexable ? { indexable } : {})}
    >
      <Top setting={setting} page={page} name={name} />
      <main id="main_text">
        {children}
        <p class="print">
          {name} · {setting.address}
        </p>
      </main>
      {page !== null && <Notice setting={setting} />}
      {script && <script defer {...script} />}
    </Document>
  )
}

/** The three pages, the next one filled. An empty list of case studies is not offered. */
function Top({ setting, page, name }: { setting: Setting; page: Page | null; name: string }) {
  const shown = PAGES.filter(
    one => one !== 'case_studies' || page === one || setting.pages.case_studies.length > 0,
  )
  const next = page === null ? undefined : shown[shown.indexOf(page) + 1]
  return (
    <header class="top">
      {page !== 'summary' && (
        <a class="who" href={setting.paths.summary}>
          {name}
        </a>
      )}
      <nav aria-label={t('pages')} lang={TEXT_LANGUAGE}>
        {shown.map(one => (
          <a
            key={one}
            href={setting.paths[one]}
            {...(one === page ? { 'aria-current': 'page' as const } : {})}
            {...(one === next ? { class: 'next' } : {})}
          >
            {t(one)}
          </a>
        ))}
      </nav>
    </header>
  )
}

/** What every public page says of itself, and the way out of it. */
function Notice({ setting }: { setting: Setting }) {
  const { out, preview, paths } = setting
  return (
    <footer class="foot" lang={TEXT_LANGUAGE}>
      <form method="post" action={paths.opt_out}>
        <input type="hidden" name="out" value={out ? '0' : '1'} />
        {out ? t('not_counted') : t('notice')}{' '}
        <button type="submit" disabled={preview}>
          {out ? t('count_again') : t('dont_count')}
        </button>
        <br />
        <a href={paths.privacy}>{t('what_is_measured')}</a>
        {preview && (
          <>
            <br />
            {t('preview_counts_nothing')}
          </>
        )}
      </form>
    </footer>
  )
}
