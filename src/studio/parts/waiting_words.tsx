import { useState } from 'react'
import { throwWordsAway, type UnsavedWords, useWaitingWords } from '../editor/open_drafts.ts'
import { moment } from '../format/when.ts'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import { Link } from './link.tsx'
import panel from './panel.module.css'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Names the campaigns whose words wait for the server or for the owner, on every screen but their own editor. */
export default function WaitingWords() {
  return useWaitingWords().map(words => <Waiting key={words.campaign} words={words} />)
}

function Waiting({ words: { campaign, title, at } }: { words: UnsavedWords }) {
  const [asking, setAsking] = useState(false)
  return (
    <div className={panel.note} role="status">
      <p>
        {asking ? t('throw_away_asks', { title }) : t('words_waiting', { title, when: moment(at, zone) })}
      </p>
      {asking ? (
        <>
          <button
            type="button"
            className={controls.button}
            onClick={() => setAsking(false)}
            // biome-ignore lint/a11y/noAutofocus: the button that was pressed is gone, and the focus must not be
            autoFocus
          >
            {t('keep')}
          </button>
          <button
            type="button"
            className={`${controls.button} ${controls.danger}`}
            onClick={() => void throwWordsAway(campaign)}
          >
            {t('throw_away')}
          </button>
        </>
      ) : (
        <>
          <Link className={controls.button} href={`/campaigns/${campaign}/pages`}>
            {t('open')}
          </Link>
          <button type="button" className={controls.button} onClick={() => setAsking(true)}>
            {t('throw_away')}
          </button>
        </>
      )}
    </div>
  )
}
