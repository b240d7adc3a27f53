import { useState } from 'react'
import type { Campaign } from '../../contract/shapes.ts'
import { useCampaignChanges } from '../api/campaigns.ts'
import { throwWordsAway } from '../editor/open_drafts.ts'
import controls from '../parts/controls.module.css'
import { Sheet } from '../parts/dialog.tsx'
import { useOpen } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'

/** Says on every screen of the sample campaign that it is one, and removes it. */
export function SampleNote({ campaign }: { campaign: Campaign }) {
  const [asks, setAsks] = useState(false)
  const open = useOpen()
  const { remove } = useCampaignChanges(campaign.id)
  if (!campaign.sample) return null
  const send = () =>
    remove.mutate(campaign.title, {
      onSuccess: () => void throwWordsAway(campaign.id).finally(() => open('/')),
    })
  return (
    <div className={`${panel.note} ${panel.calm}`}>
      <p>{t('sample_note')}</p>
      <button type="button" className={controls.button} onClick={() => setAsks(true)}>
        {t('remove_sample')}
      </button>
      <Sheet
        open={asks}
        onOpen={setAsks}
        title={t('delete_campaign_title', { title: campaign.title })}
        actions={
          <button
            type="button"
            className={`${controls.button} ${controls.danger}`}
            disabled={remove.isPending}
            onClick={send}
          >
            {t('remove_sample')}
          </button>
        }
      >
        <p className={text.soft}>{t('remove_sample_words')}</p>
        {remove.error && (
          <p className={controls.wrong} role="alert">
            {remove.error.message}
          </p>
        )}
      </Sheet>
    </div>
  )
}
