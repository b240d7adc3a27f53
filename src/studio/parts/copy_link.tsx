import { Menu } from '@base-ui/react/menu'
import { Check, Copy } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { Link } from '../../contract/shapes.ts'
import { FEW } from '../api/links.ts'
import { linkName } from '../format/names.ts'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import { CopyButton, copyText } from './copy_button.tsx'
import css from './menu.module.css'
import { MenuPanel } from './menu.tsx'

const LinkPicker = lazy(() => import('./link_picker.tsx'))

interface CopyLinkProps {
  campaign: string
  first: Link[]
  /** how many links the campaign has, which may be more than the first */
  total: number
}

/** One link: a button that copies it. Several: a menu of whom it is for. Many: a list with a search. */
export function CopyLink({ campaign, first, total }: CopyLinkProps) {
  const [copied, setCopied] = useState<string | null>(null)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(null), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const links = first.filter(link => link.off_at === null)
  const copy = (link: Pick<Link, 'url' | 'label'>) =>
    void copyText(link.url).then(() => setCopied(linkName(link)))
  const face = (
    <>
      {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      <span aria-live="polite" className={css.face}>
        {copied ? t('copied_for', { name: copied }) : t('copy_a_link')}
      </span>
    </>
  )
  if (total > FEW) {
    return (
      <Suspense fallback={null}>
        <LinkPicker
          campaign={campaign}
          total={total}
          on="true"
          onPick={copy}
          label={t('copy_a_link')}
          face={face}
        />
      </Suspense>
    )
  }
  if (links.length === 0) return null
  if (links.length === 1) return <CopyButton value={links[0]!.url} look="first" />
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={`${controls.button} ${controls.first}`}>{face}</Menu.Trigger>
      <MenuPanel>
        {links.map(link => (
          <Menu.Item key={link.id} className={css.item} onClick={() => copy(link)}>
            {linkName(link)}
          </Menu.Item>
        ))}
      </MenuPanel>
    </Menu.Root>
  )
}
