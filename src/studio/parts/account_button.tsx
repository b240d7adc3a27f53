import { useCallback, useEffect, useRef, useState } from 'react'
import type { Me } from '../../contract/shapes.ts'
import { initials } from '../format/names.ts'
import { t } from '../texts.ts'
import frame from './frame.module.css'
import { Hidden } from './hidden.tsx'

type AccountMenu = typeof import('./account_menu.tsx').AccountMenu

/**
 * The button of the account menu. The menu's code (40 kB) comes after the first paint; who presses the button before
 * that sees the menu as soon as it is there.
 */
export function AccountButton({ me }: { me: Me }) {
  const [Menu, setMenu] = useState<AccountMenu | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const pressed = useRef(false)
  const focused = useRef(false)
  const fetchMenu = useCallback(
    () =>
      void import('./account_menu.tsx').then(
        ({ AccountMenu }) => {
          focused.current = document.activeElement === button.current
          setMenu(() => AccountMenu)
        },
        () => {}, // no connection: the next press tries again
      ),
    [],
  )
  useEffect(() => {
    const timer = setTimeout(fetchMenu, 300)
    return () => clearTimeout(timer)
  }, [fetchMenu])
  const face = (
    <>
      <span aria-hidden="true">{initials(me.name)}</span>
      <Hidden>{t('account_of', { name: me.name })}</Hidden>
    </>
  )
  if (Menu) return <Menu me={me} face={face} open={pressed.current} focused={focused.current} />
  const press = () => {
    pressed.current = true
    fetchMenu()
  }
  return (
    <button ref={button} type="button" className={frame.me} aria-haspopup="menu" onClick={press}>
      {face}
    </button>
  )
}
