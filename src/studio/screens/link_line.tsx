import { Menu } from '@base-ui/react/menu'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Link } from '../../contract/shapes.ts'
import { useLinkChanges } from '../api/links.ts'
import { linkName } from '../format/names.ts'
import { moment } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import { CopyButton } from '../parts/copy_button.tsx'
import dialog from '../parts/dialog.module.css'
import { Sheet } from '../parts/dialog.tsx'
import menu from '../parts/menu.module.css'
import { MenuPanel } from '../parts/menu.tsx'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './links.module.css'
import { NewAddress } from './new_address.tsx'
import { OldAddresses } from './old_addresses.tsx'

const Qr = lazy(() => import('../parts/qr.tsx'))

interface LinkLineProps {
  campaign: string
  link: Link
  zone: string
}

/** A link with what can be done with it: copy, QR code, another label or address, off and on again. */
export function LinkLine({ campaign, link, zone }: LinkLineProps) {
  const [editing, setEditing] = useState(false)
  const [qr, setQr] = useState(false)
  const [moving, setMoving] = useState(false)
  const { change } = useLinkChanges(campaign)
  const name = linkName(link)
  const off = link.off_at !== null
  return (
    <li className={off ? css.off : undefined}>
      {editing ? (
        <LabelForm
          label={link.label}
          onDone={label => {
            setEditing(false)
            if (label !== null && label !== link.label) change.mutate({ id: link.id, label })
          }}
        />
      ) : (
        <>
          <span className={css.name}>
            {name}
            {link.off_at && (
              <small className={`${text.small} ${text.warn}`}>
                {t('off_since', { when: moment(link.off_at, zone) })}
              </small>
            )}
            {link.shows_title && (
              <small className={`${text.small} ${text.warn}`}>{t('address_shows_title')}</small>
            )}
          </span>
          <a className={css.url} href={link.url} target="_blank" rel="noreferrer">
            {link.url.replace(/^https?:\/\//, '')}
          </a>
          <span className={css.buttons}>
            {!off && (
              <CopyButton value={link.url} label={t('copy_link_of', { name })}>
                {t('copy')}
              </CopyButton>
            )}
            <button
              type="button"
              className={controls.button}
              aria-label={t('qr_of', { name })}
              onClick={() => setQr(true)}
            >
              {t('qr')}
            </button>
            <Menu.Root modal={false}>
              <Menu.Trigger
                className={`${controls.button} ${controls.iconOnly}`}
                aria-label={t('more_for', { name })}
              >
                <Ellipsis size={16} aria-hidden />
              </Menu.Trigger>
              <MenuPanel>
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
          <OldAddresses campaign={campaign} addresses={link.old_addresses} zone={zone} />
        </>
      )}
      <NewAddress campaign={campaign} link={link} open={moving} onOpen={setMoving} />
      {change.error && (
        <p className={controls.wrong} role="alert">
          {change.error.message}
        </p>
      )}
      <Sheet open={qr} onOpen={setQr} title={name} actions={<CopyButton value={link.url} look="first" />}>
        <Suspense fallback={null}>
          <Qr value={link.url} label={t('qr_of', { name })} className={dialog.qr ?? ''} />
        </Suspense>
        <p className={text.mono}>{link.url}</p>
      </Sheet>
    </li>
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
