import { type FormEvent, useId, useState } from 'react'
import type { Campaign } from '../../contract/shapes.ts'
import { useLinkChanges, useLinks } from '../api/links.ts'
import controls from '../parts/controls.module.css'
import { Panel } from '../parts/panel.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { LinkLine } from './link_line.tsx'
import css from './links.module.css'
import { TitleShown } from './title_shown.tsx'

/** At most this many labels go into one request. */
const LABELS_MAX = 200

/** Share links: one for each recipient, so that the owner knows who read. */
export default function LinksScreen({ campaign, zone }: { campaign: Campaign; zone: string }) {
  const links = useLinks(campaign.id)
  if (links.error && !links.data) return <Trouble error={links.error} retry={() => void links.refetch()} />
  if (!links.data) return <WaitingPanel lines={5} height={40} />
  return (
    <>
      <TitleShown campaign={campaign.id} count={links.data.filter(link => link.shows_title).length} />
      <Panel title={t('links')} aside={campaign.published_at === null ? t('links_not_public') : ''}>
        <ul className={css.links}>
          {links.data.map(link => (
            <LinkLine key={link.id} campaign={campaign.id} link={link} zone={zone} />
          ))}
        </ul>
      </Panel>
      <NewLinks campaign={campaign.id} />
    </>
  )
}

/** Labels, one a line: a link is made for each. */
function NewLinks({ campaign }: { campaign: string }) {
  const id = useId()
  const [text, setText] = useState('')
  const { make } = useLinkChanges(campaign)
  const labels = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (labels.length > 0) make.mutate({ labels }, { onSuccess: () => setText('') })
  }
  return (
    <Panel title={t('make_links')}>
      <form className={css.make} onSubmit={send}>
        <div className={controls.field}>
          <label htmlFor={id}>{t('who_are_they_for')}</label>
          <textarea
            className={controls.input}
            id={id}
            rows={3}
            value={text}
            placeholder={t('labels_example')}
            onChange={event => setText(event.target.value)}
          />
          <span className={controls.hint}>{t('labels_hint')}</span>
        </div>
        {labels.length > LABELS_MAX && (
          <p className={controls.wrong} role="alert">
            {t('too_many_labels', { count: LABELS_MAX })}
          </p>
        )}
        {make.error && (
          <p className={controls.wrong} role="alert">
            {make.error.message}
          </p>
        )}
        <button
          type="submit"
          className={`${controls.button} ${controls.first}`}
          disabled={labels.length === 0 || labels.length > LABELS_MAX || make.isPending}
        >
          {labels.length > 1 ? t('make_n_links', { count: labels.length }) : t('make_link')}
        </button>
      </form>
    </Panel>
  )
}
