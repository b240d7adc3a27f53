/** @jsxImportSource hono/jsx */
import type { SessionWindow } from '../contract/wire.ts'
import { CampaignPage } from './campaign_page.tsx'
import { days, duration } from './duration.ts'
import { pictureHosts } from './prose.ts'
import type { PublicPage } from './public_page.ts'
import { nameOf, type Setting } from './setting.ts'
import { TEXT_LANGUAGE, t } from './texts.ts'

/** What is measured, in sentences that are true of the code: those that depend on settings are made from them. */
export function Privacy({
  setting,
  window,
  kept,
}: {
  setting: Setting
  window: SessionWindow
  kept: Pick<PublicPage, 'retention_days' | 'lead_retention_days'>
}) {
  const { html, out, preview, paths } = setting
  const name = nameOf(setting)
  const hosts = pictureHosts(html.summary, html.contact, ...Object.values(html.case_studies))
  return (
    <CampaignPage setting={setting} title={t('privacy_title')} page={null}>
      <div lang={TEXT_LANGUAGE}>
        <h1>{t('privacy')}</h1>
        <p class="sentence">{t('privacy_sentence', { name })}</p>
        <section class="row prose md">
          <h2 class="label">{t('sees')}</h2>
          <ul>
            <li>{t('sees_opened')}</li>
            <li>
              {window.idle_ms > 0
                ? t('sees_time', { idle: duration(window.idle_ms) })
                : t('sees_time_never_idle')}
            </li>
            <li>{t('sees_acts')}</li>
            <li>{t('sees_device')}</li>
            <li>{t('sees_form')}</li>
          </ul>
          <p>{t('sees_name')}</p>
        </section>
        <section class="row prose md">
          <h2 class="label">{t('sees_not')}</h2>
          <ul>
            <li>{t('sees_not_ip')}</li>
            <li>
              {t('sees_not_else')}{' '}
              {hosts.length === 0
                ? t('alone')
                : t('pictures', { count: hosts.length, hosts: new Intl.ListFormat('en').format(hosts) })}
            </li>
          </ul>
        </section>
        <section class="row prose md">
          <h2 class="label">{t('stored')}</h2>
          <p>
            {t(window.kind === 'sliding' ? 'stored_cookie_sliding' : 'stored_cookie_fixed', {
              window: duration(window.ms),
            })}{' '}
            {t('stored_tab')}
          </p>
          <p>
            {t('stored_visit')}{' '}
            {t('stored_until', {
              name,
              visits: days(kept.retention_days),
              messages: days(kept.lead_retention_days),
            })}
          </p>
        </section>
        <section class="row prose md">
          <h2 class="label">{t('rather_not')}</h2>
          <p>{t(out ? 'is_out' : 'rather_not_press')}</p>
          <form method="post" action={paths.opt_out}>
            <input type="hidden" name="out" value={out ? '0' : '1'} />
            <button class="btn" type="submit" disabled={preview}>
              {t(out ? 'count_again_button' : 'dont_count_button')}
            </button>
          </form>
          <p>{t('rather_not_gpc')}</p>
          <p>
            {t('rather_not_ask')} <a href={paths.contact}>{t('contact_page')}</a>.
          </p>
        </section>
      </div>
    </CampaignPage>
  )
}
