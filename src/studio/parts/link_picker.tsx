import { Combobox } from '@base-ui/react/combobox'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { LinkItem } from '../../contract/shapes.ts'
import { useLinks, useOneLink } from '../api/links.ts'
import { linkName } from '../format/names.ts'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import css from './link_picker.module.css'
import { useSettled } from './use_settled.ts'

type Picked = Pick<LinkItem, 'id' | 'label' | 'url'>
/** What stands first where no link may be chosen as well. */
const ALL: Picked = { id: '', label: '', url: '' }

interface LinkPickerProps {
  campaign: string
  onPick: (link: Picked) => void
  /** the id of the chosen link, '' for all of them; without it the picker keeps no choice */
  chosen?: string
  /** only links that are on */
  on?: 'true'
  total: number
  /** the name of the button */
  label: string
  /** what stands on the button; without it the chosen link */
  face?: ReactNode
}

/** A button that opens a list of links with a search: for campaigns that have too many for a menu. */
export default function LinkPicker({ campaign, onPick, chosen, on, total, label, face }: LinkPickerProps) {
  const [open, setOpen] = useState(false)
  const [written, setWritten] = useState('')
  const q = useSettled(written.trim(), 200)
  const list = useLinks(campaign, { q, sort: 'label', order: 'asc', ...(on && { on }) }, open)
  const here = useOneLink(campaign, chosen)
  const links: Picked[] = list.items ?? []
  const items = chosen === undefined || written ? links : [ALL, ...links]
  const name = (link: Picked) => (link.id === '' ? t('all_links', { count: total }) : linkName(link))
  const more = () => {
    if (list.more.next && !list.more.busy) list.more.load()
  }
  return (
    <Combobox.Root<Picked>
      items={items}
      open={open}
      onOpenChange={setOpen}
      filter={null}
      autoHighlight
      value={null}
      inputValue={written}
      onInputValueChange={setWritten}
      itemToStringLabel={name}
      isItemEqualToValue={(one, other) => one.id === other.id}
      onValueChange={link => {
        if (link) onPick(link)
      }}
      onItemHighlighted={link => {
        if (link && link === items.at(-1)) more()
      }}
    >
      <Combobox.Trigger
        className={face ? `${controls.button} ${controls.first}` : `${css.trigger} ${controls.end}`}
        aria-label={label}
      >
        {face ?? (
          <>
            <span>{chosen && here ? linkName(here) : t('all_links', { count: total })}</span>
            <ChevronDown size={16} aria-hidden />
          </>
        )}
      </Combobox.Trigger>
      <Combobox.Portal container={document.getElementById('main')}>
        <Combobox.Positioner sideOffset={8} align="end" collisionPadding={8} className={css.place}>
          <Combobox.Popup className={css.popup} aria-label={t('links')}>
            <Combobox.Input
              className={controls.input}
              placeholder={t('search_links')}
              aria-label={t('search_links')}
            />
            <Combobox.Empty className={css.none}>
              {list.items && items.length === 0 && t('nothing_found', { q: written })}
            </Combobox.Empty>
            <Combobox.List
              className={css.list}
              onScroll={event => {
                const { scrollTop, clientHeight, scrollHeight } = event.currentTarget
                if (scrollTop + clientHeight > scrollHeight - 100) more()
              }}
            >
              {(link: Picked) => (
                <Combobox.Item key={link.id} value={link} className={css.item}>
                  {name(link)}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
