import { useState } from 'react'
import { moment } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import panel from '../parts/panel.module.css'
import { t } from '../texts.ts'
import type { OpenDraft } from './open_draft.ts'
import { useDraft } from './open_drafts.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Says that words which an earlier visit left unsaved stand in the form again; the text before them can be had back. */
export function WordsBack({ draft }: { draft: OpenDraft }) {
  const { back, form } = useDraft(draft)
  const [setAside, setSetAside] = useState<typeof form | null>(null)
  if (!back) return null
  const when = moment(back.at, zone)
  const use = () => {
    setSetAside(setAside ? null : form)
    draft.change(setAside ?? back.before)
  }
  return (
    <div className={panel.note} role="status">
      <p>{setAside ? t('words_set_aside', { when }) : t('words_back', { when })}</p>
      <button type="button" className={controls.button} onClick={use}>
        {setAside ? t('use_mine') : t('use_saved')}
      </button>
      <button type="button" className={controls.button} onClick={draft.accept}>
        {t('understood')}
      </button>
    </div>
  )
}
