/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import { CampaignPage } from './campaign_page.tsx'
import { prose } from './prose.ts'
import { readingMinutes } from './reading_time.ts'
import { nameOf, type Setting } from './setting.ts'
import { TEXT_LANGUAGE, t } from './texts.ts'

/** Who, for whom, one sentence, up to three results: what a reader decides by within a minute. */
export function Summary({ setting, indexable }: { setting: Setting; indexable: boolean }) {
  const { summary, case_studies } = setting.pages
  const name = nameOf(setting)
  const whom = summary.for_whom.trim()
  const title = whom ? t('title_summary', { name, whom: t('for_whom_within', { whom }) }) : name
  return (
    <CampaignPage setting={setting} title={title} page="summary" indexable={indexable}>
      <div class="head">
        {whom && <p class="label">{t('for_whom', { whom })}</p>}
        <h1>{name}</h1>
        {summary.sentence && <p class="sentence">{summary.sentence}</p>}
      </div>
      {summary.results.length > 0 && (
        <>
          <h2 class="away" lang={TEXT_LANGUAGE}>
            {t('results')}
          </h2>
          <ul class="results">
            {summary.results.map(({ figure, text }) => (
              <li key={figure + text}>
                <strong>{figure}</strong> <span>{text}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {summary.body.trim() && (
        <div class="row prose md">
          {raw(prose(setting.html.summary, { top: 2, id: 'summary', newTab: setting.preview }))}
        </div>
      )}
      <section class="row">
        {case_studies.length > 0 && (
          <>
            <h2 class="label" lang={TEXT_LANGUAGE}>
              {t('case_studies_minutes', { count: readingMinutes(case_studies.map(one => one.body)) })}
            </h2>
            <ol class="list">
              {case_studies.map(one => (
                <li key={one.id}>
                  <a href={`${setting.paths.case_studies}#${one.id}`}>{one.title}</a>
                </li>
              ))}
            </ol>
          </>
        )}
        <p class="actions" lang={TEXT_LANGUAGE}>
          {case_studies.length > 0 && (
            <a class="btn main" href={setting.paths.case_studies}>
              {t('read_case_studies')}
            </a>
          )}{' '}
          <a class={case_studies.length > 0 ? 'btn' : 'btn main'} href={setting.paths.contact}>
            {t('contact')}
          </a>
        </p>
      </section>
    </CampaignPage>
  )
}
