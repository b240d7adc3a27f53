import { Menu } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import css from './menu.module.css'

/** What a menu shows. It stands inside the page's landmark, where screen readers look for it. */
export function MenuPanel({ children }: { children: ReactNode }) {
  return (
    <Menu.Portal container={document.getElementById('main')}>
      <Menu.Positioner sideOffset={8} align="end" collisionPadding={8} className={css.place}>
        <Menu.Popup className={css.menu}>{children}</Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  )
}
