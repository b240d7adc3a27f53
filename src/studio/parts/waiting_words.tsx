import { useState } from 'react'
import { throwWordsAway, type UnsavedWords, useWaitingWords } from '../editor/open_drafts.ts'
import { moment } from '../format/when.ts'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import { Sheet } from './dialog.tsx'
import { Link } from './link.tsx'
import panel from './panel.module.css'
import text from './text.module.css'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Names the campaigns whose words wait for the server or for the owner, on every screen but their own editor. */
export default function WaitingWords() {
  return useWaitingWords().map(words => <Waiting key={words.campaign} words={words} />)
}

function Waiting({ words: { campaign, title, at } }: { words: UnsavedWords }) {
  const [asking, setAsking] = useState(false)
  const when = moment(at, zone)
  return (
    <div className={panel.note} role="status">
      <p>{t('words_waiting', { title, when })}</p>
      <Link className={controls.button} href={`/campaigns/${campaign}/pages`}>
        {t('open')}
      </Link>
      <button type="button" className={controls.button} onClick={() => setAsking(true)}>
        {t('throw_away')}
      </button>
      <Sheet
        open={asking}
        onOpen={setAsking}
        title={t('throw_away_title')}
        actions={
          <button
            type="button"
            className={`${controls.button} ${controls.danger}`}
            onClick={() => void throwWordsAway(campaign)}
          >
            {t('throw_away')}
          </button>
        }
      >
        <p className={text.soft}>{t('throw_away_words', { title, when })}</p>
      </Sheet>
    </div>
  )
}
