import { useState } from 'react'
import type { Campaign } from '../../contract/shapes.ts'
import { useCampaignChanges } from '../api/campaigns.ts'
import { timeOfDay } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import { Sheet } from '../parts/dialog.tsx'
import frame from '../parts/frame.module.css'
import { Link } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import type { Autosave, SaveState } from './autosave.ts'

interface PublishBarProps {
  campaign: Campaign
  autosave: Autosave
  /** fields that differ from what readers see */
  changed: number
  discard: () => void
  takeOther: () => Promise<void>
  keepMine: () => Promise<void>
}

/** The title, where the draft stands, and the button that makes it public. */
export function PublishBar({ campaign, autosave, changed, discard, takeOther, keepMine }: PublishBarProps) {
  const { publish } = useCampaignChanges(campaign.id)
  const [justPublished, setJustPublished] = useState(false)
  const first = campaign.published_at === null
  const nothingNew = !first && changed === 0 && autosave.state.kind === 'saved'
  const send = async () => {
    if (!(await autosave.flush())) return
    publish.mutate(undefined, { onSuccess: () => setJustPublished(true) })
  }
  return (
    <>
      <div className={frame.top}>
        <div>
          <nav className={frame.crumb} aria-label={t('you_are_here')}>
            <Link href="/">← {t('campaigns')}</Link>
          </nav>
          <h1>{campaign.title}</h1>
          <p className={frame.about} role="status">
            {saveWords(autosave.state)} {publicWords(first, changed)}
          </p>
        </div>
        <div className={frame.actions}>
          {!first && changed > 0 && <Discard discard={discard} />}
          {nothingNew && justPublished ? (
            <Link className={`${controls.button} ${controls.first}`} href={`/campaigns/${campaign.id}`}>
              {t('to_the_link')}
            </Link>
          ) : (
            <button
              type="button"
              className={`${controls.button} ${controls.first}`}
              disabled={nothingNew || publish.isPending}
              onClick={() => void send()}
            >
              {first ? t('publish') : t('publish_changes')}
            </button>
          )}
        </div>
      </div>
      {publish.error && (
        <div className={panel.note} role="alert">
          <p>{publish.error.message}</p>
        </div>
      )}
      {autosave.state.kind === 'failed' && (
        <div className={panel.note} role="alert">
          <p>
            {autosave.state.error.message} {t('text_is_kept')}
          </p>
          <button type="button" className={controls.button} onClick={() => void autosave.flush()}>
            {t('try_again')}
          </button>
        </div>
      )}
      {autosave.state.kind === 'overtaken' && (
        <div className={panel.note} role="alert">
          <p>{t('overtaken')}</p>
          <button type="button" className={controls.button} onClick={() => void keepMine()}>
            {t('keep_mine')}
          </button>
          <button type="button" className={controls.button} onClick={() => void takeOther()}>
            {t('take_theirs')}
          </button>
        </div>
      )}
    </>
  )
}

function Discard({ discard }: { discard: () => void }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={controls.button} onClick={() => setOpen(true)}>
        {t('discard')}
      </button>
      <Sheet
        open={open}
        onOpen={setOpen}
        title={t('discard_title')}
        actions={
          <button
            type="button"
            className={`${controls.button} ${controls.danger}`}
            onClick={() => {
              setOpen(false)
              discard()
            }}
          >
            {t('discard')}
          </button>
        }
      >
        <p className={text.soft}>{t('discard_words')}</p>
      </Sheet>
    </>
  )
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

function saveWords(state: SaveState): string {
  if (state.kind === 'typing' || state.kind === 'saving') return t('saving')
  if (state.kind === 'overtaken' || state.kind === 'failed') return t('not_saved')
  return state.at ? t('draft_saved_at', { time: timeOfDay(state.at.toISOString(), zone) }) : t('draft_saved')
}

function publicWords(first: boolean, changed: number): string {
  if (first) return t('nothing_public_yet')
  return changed === 0 ? t('all_public') : t('changes_not_public', { count: changed })
}
