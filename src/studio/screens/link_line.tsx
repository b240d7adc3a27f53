import { Menu } from '@base-ui/react/menu'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import type { LinkItem } from '../../contract/shapes.ts'
import { useLinkChanges } from '../api/links.ts'
import { duration } from '../format/duration.ts'
import { linkName } from '../format/names.ts'
import { moment } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import { CopyButton } from '../parts/copy_button.tsx'
import dialog from '../parts/dialog.module.css'
import { Sheet } from '../parts/dialog.tsx'
import menu from '../parts/menu.module.css'
import { MenuPanel } from '../parts/menu.tsx'
import table from '../parts/table.module.css'
import { CELL, ROW, ROW_HEAD } from '../parts/table_roles.ts'
import text from '../parts/text.module.css'
import { When } from '../parts/when.tsx'
import { t } from '../texts.ts'
import { deleteLater } from '../undo.ts'
import css from './links.module.css'
import { NewAddress } from './new_address.tsx'
import { OldAddresses } from './old_addresses.tsx'

const Qr = lazy(() => import('../parts/qr.tsx'))

interface LinkLineProps {
  campaign: string
  link: LinkItem
  zone: string
}

/** A link with what can be done with it: copy, QR code, another label or address, off and on again. */
export function LinkLine({ campaign, link, zone }: LinkLineProps) {
  const [editing, setEditing] = useState(false)
  const more = useRef<HTMLButtonElement>(null)
  const [qr, setQr] = useState(false)
  const [moving, setMoving] = useState(false)
  const { change } = useLinkChanges(campaign)
  const name = linkName(link)
  const off = link.off_at !== null
  const rename = (label: string | null) => {
    setEditing(false)
    if (label !== null && label !== link.label) {
      const before = link.label
      change.mutate({ id: link.id, label })
      if (before)
        deleteLater({
          key: `label ${link.id}`,
          words: label ? t('label_replaced', { before, label }) : t('label_deleted', { label: before }),
          undo: () => change.mutateAsync({ id: link.id, label: before }),
        })
    }
    more.current?.focus()
  }
  const { total_time_ms: time, last_read_at: last } = link.figures
  return (
    <tr {...ROW} className={off ? css.off : undefined}>
      <th scope="row" {...ROW_HEAD}>
        {editing ? (
          <LabelForm label={link.label} onDone={rename} />
        ) : (
          <span className={css.name}>
            <span className={text.long}>{name}</span>
            {link.off_at && (
              <small className={`${text.small} ${text.warn}`}>
                {t('off_since', { when: moment(link.off_at, zone) })}
              </small>
            )}
            {link.shows_title && (
              <small className={`${text.small} ${text.warn}`}>{t('address_shows_title')}</small>
            )}
          </span>
        )}
        <a className={css.url} href={link.url} target="_blank" rel="noreferrer">
          {link.url.replace(/^https?:\/\//, '')}
        </a>
        <OldAddresses campaign={campaign} addresses={link.old_addresses} zone={zone} />
        {change.error && (
          <p className={controls.wrong} role="alert">
            {change.error.message}
          </p>
        )}
      </th>
      <td {...CELL} className={`${table.num} ${css.time} ${last ? '' : table.zero}`}>
        {last ? duration(time) : t('nothing_to_divide')}
      </td>
      <td
        {...CELL}
        className={`${table.num} ${css.last} ${last ? '' : table.zero}`}
        data-label={last ? t('last_read') : undefined}
      >
        {last ? <When at={last} zone={zone} /> : t('not_read')}
      </td>
      <td {...CELL} className={`${table.num} ${css.day}`}>
        <When at={link.created_at} zone={zone} />
      </td>
      <td {...CELL} className={css.buttons}>
        <span>
          {!off && (
            <CopyButton value={link.url} label={t('copy_link_of', { name })}>
              {t('copy')}
            </CopyButton>
          )}
          <Menu.Root modal={false}>
            <Menu.Trigger
              ref={more}
              data-delete={`label ${link.id}`}
              className={`${controls.button} ${controls.iconOnly}`}
              aria-label={t('more_for', { name })}
            >
              <Ellipsis size={16} aria-hidden />
            </Menu.Trigger>
            <MenuPanel>
              <Menu.Item className={menu.item} onClick={() => setQr(true)}>
                {t('qr')}
              </Menu.Item>
              <Menu.Item className={menu.item} onClick={() => setEditing(true)}>
                {t('edit_label')}
              </Menu.Item>
              <Menu.Item className={menu.item} onClick={() => setMoving(true)}>
                {t('new_address')}
              </Menu.Item>
              <Menu.Item
                className={`${menu.item} ${off ? '' : controls.danger}`}
                onClick={() => change.mutate({ id: link.id, off: !off })}
              >
                {off ? t('switch_on') : t('switch_off')}
              </Menu.Item>
            </MenuPanel>
          </Menu.Root>
        </span>
        <NewAddress campaign={campaign} link={link} open={moving} onOpen={setMoving} />
        <Sheet open={qr} onOpen={setQr} title={name} actions={<CopyButton value={link.url} look="first" />}>
          <Suspense fallback={null}>
            <Qr value={link.url} label={t('qr_of', { name })} className={dialog.qr ?? ''} />
          </Suspense>
          <p className={text.mono}>{link.url}</p>
        </Sheet>
      </td>
    </tr>
  )
}

/** @param onDone gets the new label, or null where it stays */
function LabelForm({ label, onDone }: { label: string; onDone: (label: string | null) => void }) {
  const [value, setValue] = useState(label)
  return (
    <form
      className={css.edit}
      onSubmit={event => {
        event.preventDefault()
        onDone(value.trim())
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') onDone(null)
      }}
    >
      <input
        className={controls.input}
        aria-label={t('label')}
        value={value}
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: the field takes the place of the button that was pressed
        autoFocus
        onChange={event => setValue(event.target.value)}
      />
      <button type="submit" className={controls.button}>
        {t('save')}
      </button>
      <button type="button" className={controls.button} onClick={() => onDone(null)}>
        {t('cancel')}
      </button>
    </form>
  )
}
