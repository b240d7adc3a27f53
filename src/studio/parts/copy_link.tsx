import { Menu } from '@base-ui/react/menu'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Link } from '../../contract/shapes.ts'
import { linkName } from '../format/names.ts'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import { CopyButton, copyText } from './copy_button.tsx'
import css from './menu.module.css'
import { MenuPanel } from './menu.tsx'

/** One link: a button that copies it. Several: a menu of whom it is for. */
export function CopyLink({ links }: { links: Link[] }) {
  const [copied, setCopied] = useState<string | null>(null)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(null), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  if (links.length === 0) return null
  if (links.length === 1) return <CopyButton value={links[0]!.url} look="first" />
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={`${controls.button} ${controls.first}`}>
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        <span aria-live="polite">{copied ? t('copied_for', { name: copied }) : t('copy_a_link')}</span>
      </Menu.Trigger>
      <MenuPanel>
        {links.map(link => (
          <Menu.Item
            key={link.id}
            className={css.item}
            onClick={() => void copyText(link.url).then(() => setCopied(linkName(link)))}
          >
            {linkName(link)}
          </Menu.Item>
        ))}
      </MenuPanel>
    </Menu.Root>
  )
}
