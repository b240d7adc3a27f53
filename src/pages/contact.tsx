/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html'
import { uuidv7 } from '../contract/uuid.ts'
import { CampaignPage } from './campaign_page.tsx'
import { Form, NotSent } from './form.tsx'
import type { LeadForm, Wrong } from './lead_form.ts'
import { prose } from './prose.ts'
import { nameOf, type Setting } from './setting.ts'
import { TEXT_LANGUAGE, t } from './texts.ts'

interface ContactProps {
  setting: Setting
  indexable: boolean
  /** what came back unsent, and why */
  unsent?: { lead: LeadForm; wrong?: Wrong; reason?: 'kept_unavailable' | 'kept_busy' }
}

/** The call to action and the form. Where a message came back unsent, only that is shown, with its text kept. */
export function Contact({ setting, indexable, unsent }: ContactProps) {
  const { contact } = setting.pages
  const name = nameOf(setting)
  const lead = unsent?.lead ?? { lead_id: uuidv7(), name: '', email: '', message: '' }
  const beside = contact.cta !== null || contact.body.trim() !== ''
  return (
    <CampaignPage
      setting={setting}
      title={t(unsent ? 'title_not_sent' : 'title_contact', { name })}
      page="contact"
      indexable={indexable}
    >
      <h1>{contact.heading || t('contact_name', { name })}</h1>
      {unsent ? (
        <NotSent {...unsent} />
      ) : (
        <>
          {contact.body.trim() && (
            <div class="prose md">
              {raw(prose(setting.html.contact, { top: 2, id: 'contact', newTab: setting.preview }))}
            </div>
          )}
          {contact.cta && (
            <p class="actions">
              <a
                class="btn main"
                href={contact.cta.url}
                rel="noopener"
                data-pb-cta
                {...(setting.preview ? { target: '_blank' } : {})}
              >
                {contact.cta.label}
              </a>
            </p>
          )}
        </>
      )}
      {contact.form && (
        <Form
          action={setting.paths.contact}
          name={name}
          lead={{ ...lead, ticket: setting.script?.['data-ticket'] ?? '' }}
          {...(unsent?.wrong ? { wrong: unsent.wrong } : {})}
          {...(unsent ? {} : { heading: t(beside ? 'or_write' : 'write') })}
          main={unsent !== undefined || contact.cta === null}
          preview={setting.preview}
        />
      )}
    </CampaignPage>
  )
}

/** What the sender of a message sees after the redirect. */
export function ContactSent({ setting }: { setting: Setting }) {
  const name = nameOf(setting)
  const hasCases = setting.pages.case_studies.length > 0
  return (
    <CampaignPage setting={setting} title={t('title_sent', { name })} page="contact">
      <div lang={TEXT_LANGUAGE}>
        <h1>{t('sent')}</h1>
        <div class="prose md">
          <p>{t('sent_text', { name })}</p>
        </div>
        <p class="actions">
          <a class="btn" href={hasCases ? setting.paths.case_studies : setting.paths.summary}>
            {t(hasCases ? 'back_to_case_studies' : 'back_to_summary')}
          </a>{' '}
          <a class="btn" href={setting.paths.contact}>
            {t('write_another')}
          </a>
        </p>
      </div>
    </CampaignPage>
  )
}
