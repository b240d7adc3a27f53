import { useEffect, useState } from 'react'
import { useLogOut } from '../api/account.ts'
import { throwWordsAway, type UnsavedWords, unsavedWords } from '../editor/open_drafts.ts'
import { moment } from '../format/when.ts'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import { Sheet } from './dialog.tsx'
import text from './text.module.css'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Logs out; where words are not saved yet, asks first whether this browser keeps them. */
export function LogOut({ stay }: { stay: () => void }) {
  const { mutate: logOut, error, isPending } = useLogOut()
  const [words, setWords] = useState<UnsavedWords[]>([])
  useEffect(() => {
    void unsavedWords().then(found => {
      setWords(found)
      if (found.length === 0) logOut(undefined)
    })
  }, [logOut])
  const asks = words.length > 0
  return (
    <Sheet
      open={asks || error !== null}
      onOpen={stay}
      title={asks ? t('log_out_title') : t('log_out')}
      actions={
        asks && (
          <>
            <button
              type="button"
              className={`${controls.button} ${controls.danger}`}
              disabled={isPending}
              onClick={() => logOut(throwWordsAway)}
            >
              {t('throw_away_and_log_out')}
            </button>
            <button
              type="button"
              className={`${controls.button} ${controls.first}`}
              disabled={isPending}
              onClick={() => logOut(undefined)}
            >
              {t('keep_and_log_out')}
            </button>
          </>
        )
      }
    >
      {asks && (
        <>
          <ul>
            {words.map(({ campaign, title, at }) => (
              <li key={campaign}>{t('words_of', { title, when: moment(at, zone) })}</li>
            ))}
          </ul>
          <p className={text.soft}>{t('log_out_words')}</p>
        </>
      )}
      {error && (
        <p className={controls.wrong} role="alert">
          {error.message}
        </p>
      )}
    </Sheet>
  )
}
