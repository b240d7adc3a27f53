import type { Link } from '../../contract/shapes.ts'
import { useLinkChanges } from '../api/links.ts'
import { moment } from '../format/when.ts'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './links.module.css'

interface OldAddressesProps {
  campaign: string
  addresses: Link['old_addresses']
  zone: string
}

/** The addresses a link had before: each still opens it until it is switched off. */
export function OldAddresses({ campaign, addresses, zone }: OldAddressesProps) {
  const { change } = useLinkChanges(campaign)
  if (addresses.length === 0) return null
  return (
    <ul className={css.old}>
      {addresses.map(one => (
        <li key={one.id} className={one.off_at ? css.off : undefined}>
          <span className={css.url}>{one.url.replace(/^https?:\/\//, '')}</span>
          <span className={`${text.small} ${text.mute}`}>
            {one.off_at ? t('off_since', { when: moment(one.off_at, zone) }) : t('old_address_works')}
          </span>
          <button
            type="button"
            className={css.plain}
            aria-label={t(one.off_at ? 'switch_on_address' : 'switch_off_address', { address: one.slug })}
            disabled={change.isPending}
            onClick={() => change.mutate({ id: one.id, off: one.off_at === null })}
          >
            {one.off_at ? t('switch_on') : t('switch_off')}
          </button>
        </li>
      ))}
    </ul>
  )
}
