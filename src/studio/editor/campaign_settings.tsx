import { useState } from 'react'
import type { Campaign } from '../../contract/shapes.ts'
import { useCampaignChanges } from '../api/campaigns.ts'
import controls from '../parts/controls.module.css'
import { Sheet } from '../parts/dialog.tsx'
import { useOpen } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import { throwWordsAway } from './open_drafts.ts'
import { Line, Prose } from './prose.tsx'

/** What belongs to the campaign as a whole, and its end. */
export function CampaignSettings({ campaign }: { campaign: Campaign }) {
  const { change } = useCampaignChanges(campaign.id)
  const [values, setValues] = useState({
    title: campaign.title,
    language: campaign.language,
    indexable: campaign.indexable,
    gone_text: campaign.gone_text,
  })
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part })
  return (
    <details className={text.apart}>
      <summary className={controls.summary}>{t('campaign_settings')}</summary>
      <section className={panel.panel} aria-label={t('campaign_settings')}>
        <form
          className={controls.form}
          onSubmit={event => {
            event.preventDefault()
            change.mutate(values)
          }}
        >
          <div className={controls.pair}>
            <Line
              label={t('campaign_title')}
              hint={t('campaign_title_hint')}
              value={values.title}
              max={200}
              onValue={title => set({ title })}
            />
            <Line
              label={t('campaign_language')}
              hint={t('campaign_language_hint')}
              value={values.language}
              max={35}
              onValue={language => set({ language })}
            />
          </div>
          <Prose
            label={t('gone_text')}
            hint={t('gone_text_hint')}
            value={values.gone_text}
            rows={2}
            max={2_000}
            onValue={gone_text => set({ gone_text })}
          />
          <label className={controls.check}>
            <input
              type="checkbox"
              checked={values.indexable}
              onChange={event => set({ indexable: event.target.checked })}
            />
            <span>{t('indexable')}</span>
          </label>
          {change.error && (
            <p className={controls.wrong} role="alert">
              {change.error.message}
            </p>
          )}
          <div className={controls.row}>
            <button type="submit" className={controls.button} disabled={change.isPending}>
              <span aria-live="polite">{change.isSuccess ? t('saved') : t('save')}</span>
            </button>
            <DeleteCampaign campaign={campaign} />
          </div>
        </form>
      </section>
    </details>
  )
}

function DeleteCampaign({ campaign }: { campaign: Campaign }) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const leaveFor = useOpen()
  const { remove } = useCampaignChanges(campaign.id)
  return (
    <>
      <button type="button" className={`${controls.button} ${controls.danger}`} onClick={() => setOpen(true)}>
        {t('delete_campaign')}
      </button>
      <Sheet
        open={open}
        onOpen={setOpen}
        title={t('delete_campaign_title', { title: campaign.title })}
        actions={
          <button
            type="button"
            className={`${controls.button} ${controls.danger}`}
            disabled={typed !== campaign.title || remove.isPending}
            onClick={() =>
              remove.mutate(typed, {
                onSuccess: () => void throwWordsAway(campaign.id).finally(() => leaveFor('/')),
              })
            }
          >
            {t('delete_campaign')}
          </button>
        }
      >
        <p className={text.soft}>{t('delete_campaign_words')}</p>
        <Line label={t('type_title', { title: campaign.title })} value={typed} max={200} onValue={setTyped} />
        {remove.error && (
          <p className={controls.wrong} role="alert">
            {remove.error.message}
          </p>
        )}
      </Sheet>
    </>
  )
}
