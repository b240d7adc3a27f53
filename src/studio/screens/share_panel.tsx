import { lazy, Suspense, useState } from 'react'
import type { Campaign, Link } from '../../contract/shapes.ts'
import { useFirstLinks, useLinkChanges } from '../api/links.ts'
import controls from '../parts/controls.module.css'
import { CopyButton } from '../parts/copy_button.tsx'
import { Link as RouteLink } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import { Rich } from '../parts/rich.tsx'
import text from '../parts/text.module.css'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import css from './share.module.css'

const Qr = lazy(() => import('../parts/qr.tsx'))

/** Published, and nobody read yet: the link itself is the next action. */
export function SharePanel({ campaign, title }: { campaign: Campaign; title: string }) {
  const links = useFirstLinks(campaign.id).data
  const link = links?.items.find(one => one.off_at === null)
  if (!links) return <WaitingPanel lines={5} height={32} />
  return (
    <section className={`${panel.panel} ${css.share}`}>
      <div className={css.grid}>
        <div>
          <h2>{title}</h2>
          <p className={text.soft}>{t('send_and_watch')}</p>
          {link && <ShareLink link={link} campaign={campaign.id} />}
          <p className={`${text.small} ${text.mute} ${css.after}`}>
            <Rich
              text={links.total > 1 ? t('more_links', { count: links.total - 1 }) : t('two_people')}
              link={words => <RouteLink href={`/campaigns/${campaign.id}/links`}>{words}</RouteLink>}
            />
          </p>
        </div>
        {link && (
          <div className={css.qr}>
            <Suspense fallback={null}>
              <Qr value={link.url} label={t('qr_of_link')} />
            </Suspense>
            {t('open_on_phone')}
          </div>
        )}
      </div>
    </section>
  )
}

function ShareLink({ link, campaign }: { link: Link; campaign: string }) {
  const [label, setLabel] = useState(link.label)
  const { change } = useLinkChanges(campaign)
  return (
    <>
      <div className={css.linkRow}>
        <label className={text.hidden} htmlFor="url">
          {t('your_link')}
        </label>
        <input
          className={controls.input}
          id="url"
          readOnly
          value={link.url}
          onFocus={event => event.target.select()}
        />
        <CopyButton value={link.url} look="first" />
      </div>
      <form
        className={css.labelRow}
        onSubmit={event => {
          event.preventDefault()
          change.mutate({ id: link.id, label })
        }}
      >
        <div className={controls.field}>
          <label htmlFor="who">{t('who_is_it_for')}</label>
          <input
            className={controls.input}
            id="who"
            value={label}
            maxLength={200}
            placeholder={t('label_example')}
            onChange={event => setLabel(event.target.value)}
          />
        </div>
        <button type="submit" className={controls.button} disabled={change.isPending}>
          <span aria-live="polite">
            {change.isSuccess && label === link.label ? t('saved') : t('save_label')}
          </span>
        </button>
      </form>
    </>
  )
}
