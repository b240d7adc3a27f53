/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import type { Pages } from '../contract/shapes.ts'
import { CampaignPage } from './campaign_page.tsx'
import { prose } from './prose.ts'
import { nameOf, type Setting } from './setting.ts'
import { TEXT_LANGUAGE, t } from './texts.ts'

/** The case studies below one another. Each is a part: the tracker measures the one that fills most of the view. */
export function CaseStudies({ setting, indexable }: { setting: Setting; indexable: boolean }) {
  const { case_studies, contact } = setting.pages
  const name = nameOf(setting)
  return (
    <CampaignPage
      setting={setting}
      title={t('title_case_studies', { name })}
      page="case_studies"
      indexable={indexable}
    >
      <h1 lang={TEXT_LANGUAGE}>{t('case_studies')}</h1>
      {case_studies.length === 0 && (
        <div class="prose" lang={TEXT_LANGUAGE}>
          <p>{t('no_case_studies')}</p>
        </div>
      )}
      {case_studies.length > 1 && (
        <ol class="list toc row">
          {case_studies.map(one => (
            <li key={one.id}>
              <a class="down" href={`#${one.id}`}>
                {one.title}
              </a>
            </li>
          ))}
        </ol>
      )}
      {case_studies.map((one, i) => (
        <CaseStudy key={one.id} setting={setting} one={one} number={i + 1} />
      ))}
      <section class="onward">
        <h2>{contact.heading || t('contact')}</h2>
        <p class="actions">
          <a class="btn main" href={setting.paths.contact} lang={TEXT_LANGUAGE}>
            {t('contact_name', { name })}
          </a>
        </p>
      </section>
    </CampaignPage>
  )
}

interface CaseStudyProps {
  setting: Setting
  one: Pages['case_studies'][number]
  number: number
}

function CaseStudy({ setting, one, number }: CaseStudyProps) {
  const total = setting.pages.case_studies.length
  const heading = `${one.id}_title`
  return (
    <section class="case md" id={one.id} data-pb-part={one.id} aria-labelledby={heading}>
      {total > 1 && (
        <p class="label" lang={TEXT_LANGUAGE}>
          {t('case_study_of', { number, total })}
        </p>
      )}
      <h2 id={heading}>{one.title}</h2>
      {raw(prose(setting.html.case_studies[one.id] ?? '', { top: 3, id: one.id, newTab: setting.preview }))}
      {one.url && (
        <p class="out">
          <a href={one.url} rel="noopener" {...(setting.preview ? { target: '_blank' } : {})}>
            {one.url_label || shortAddress(one.url)}
          </a>
        </p>
      )}
    </section>
  )
}

/** `https://www.acme.example/a/` is acme.example/a to a reader. */
function shortAddress(url: string): string {
  return url.replace(/^(https?:\/\/(www\.)?|mailto:|tel:)/i, '').replace(/\/$/, '')
}
