import { Dialog } from '@base-ui/react/dialog'
import { useEffect, useRef, useState } from 'react'
import { goOnIfLoggedIn } from '../api/account.ts'
import { LogInForm } from '../screens/log_in.tsx'
import { t } from '../texts.ts'
import css from './dialog.module.css'
import text from './text.module.css'

/** How long typing must rest before the sheet takes the focus: it would swallow the rest of the word. */
const REST_MS = 800

/** Asks for the login over the screen, which stays as it is. There is no way around it: nothing works without one. */
export default function LogInSheet({ email }: { email: string }) {
  const rested = useTypingRests()
  const popup = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Somebody may have logged in in another tab.
    const look = () => void goOnIfLoggedIn().catch(() => {})
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [])
  return (
    <Dialog.Root open={rested}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.shade} />
        <Dialog.Popup
          className={css.dialog}
          ref={popup}
          initialFocus={() => popup.current?.querySelector<HTMLElement>('[type=password]') ?? true}
        >
          <Dialog.Title>{t('log_in_again')}</Dialog.Title>
          <div className={css.body}>
            <p className={text.soft}>{t('log_in_again_words')}</p>
            <LogInForm email={email} />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function useTypingRests(): boolean {
  const [rested, setRested] = useState(false)
  useEffect(() => {
    const rest = () => setTimeout(() => setRested(true), REST_MS)
    let timer = rest()
    const wait = () => {
      clearTimeout(timer)
      timer = rest()
    }
    addEventListener('keydown', wait, true)
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', wait, true)
    }
  }, [])
  return rested
}
