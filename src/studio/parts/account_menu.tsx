import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Me } from '../../contract/shapes.ts'
import { t } from '../texts.ts'
import { chooseTheme, chosenTheme, THEMES, type Theme } from '../theme.ts'
import frame from './frame.module.css'
import css from './menu.module.css'
import { MenuPanel } from './menu.tsx'

type LogOutSheet = typeof import('./log_out.tsx').LogOut

const NAMES: Record<Theme, () => string> = {
  system: () => t('theme_system'),
  light: () => t('theme_light'),
  dark: () => t('theme_dark'),
}

interface AccountMenuProps {
  me: Me
  /** what the button shows */
  face: ReactNode
  /** it was pressed before this code was there */
  open: boolean
  /** its button had the focus before this code was there */
  focused: boolean
}

export function AccountMenu({ me, face, open, focused }: AccountMenuProps) {
  const [theme, setTheme] = useState(chosenTheme)
  const [LogOut, setLogOut] = useState<LogOutSheet | null>(null)
  const leave = () =>
    void import('./log_out.tsx').then(
      ({ LogOut }) => setLogOut(() => LogOut),
      () => {}, // no connection: nobody can log out, and the next press tries again
    )
  const choose = (next: Theme) => {
    chooseTheme(next)
    setTheme(next)
  }
  return (
    <Menu.Root modal={false} defaultOpen={open}>
      <Menu.Trigger className={frame.me} autoFocus={focused}>
        {face}
      </Menu.Trigger>
      <MenuPanel>
        <div className={css.who}>
          {me.name}
          <small>{me.email}</small>
        </div>
        <Menu.RadioGroup value={theme} onValueChange={choose}>
          <Menu.Group>
            <Menu.GroupLabel className={css.label}>{t('theme')}</Menu.GroupLabel>
            {THEMES.map(one => (
              <Menu.RadioItem key={one} value={one} className={css.item} closeOnClick={false}>
                {NAMES[one]()}
                <Menu.RadioItemIndicator>
                  <Check size={16} aria-hidden />
                </Menu.RadioItemIndicator>
              </Menu.RadioItem>
            ))}
          </Menu.Group>
        </Menu.RadioGroup>
        <Menu.Separator className={css.line} />
        <Menu.Item className={css.item} onClick={leave}>
          {t('log_out')}
        </Menu.Item>
      </MenuPanel>
      {LogOut && <LogOut stay={() => setLogOut(null)} />}
    </Menu.Root>
  )
}
