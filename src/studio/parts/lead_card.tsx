import type { Lead } from '../../contract/shapes.ts'
import { useLeadChanges } from '../api/leads.ts'
import { moment } from '../format/when.ts'
import { t } from '../texts.ts'
import { deleteLater } from '../undo.ts'
import { Choice } from './choice.tsx'
import controls from './controls.module.css'
import css from './lead_card.module.css'
import { Link } from './link.tsx'
import text from './text.module.css'

const STATUS: Record<Lead['status'], () => string> = {
  new: () => t('status_new'),
  answered: () => t('status_answered'),
  archived: () => t('status_archived'),
}

interface LeadCardProps {
  campaign: string
  lead: Lead
  zone: string
  /** named where leads of several campaigns stand together */
  title?: string
}

/** What somebody wrote, from which link, and where it stands. */
export function LeadCard({ campaign, lead, zone, title }: LeadCardProps) {
  const { change, remove } = useLeadChanges(campaign)
  const from = [title, lead.link_label || t('unlabelled'), moment(lead.created_at, zone)].filter(Boolean)
  return (
    <li>
      <div>
        <p className={css.who}>
          {lead.name}{' '}
          <a className={text.link} href={mailTo(lead.email)}>
            {lead.email}
          </a>
        </p>
        <p className={`${text.small} ${text.mute}`}>{from.join(' · ')}</p>
      </div>
      <Choice
        aria-label={t('status_of', { name: lead.name })}
        value={lead.status}
        onChange={event => change.mutate({ id: lead.id, status: event.target.value as Lead['status'] })}
      >
        {(Object.keys(STATUS) as Array<Lead['status']>).map(one => (
          <option key={one} value={one}>
            {STATUS[one]()}
          </option>
        ))}
      </Choice>
      <p className={css.message}>{lead.message}</p>
      <div className={css.actions}>
        <a className={controls.button} href={mailTo(lead.email)}>
          {t('answer_by_mail')}
        </a>
        {lead.session_id && (
          <Link className={controls.button} href={`/campaigns/${campaign}/sessions/${lead.session_id}`}>
            {t('what_they_read')}
          </Link>
        )}
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          aria-label={t('delete_lead_of', { name: lead.name })}
          data-delete={`lead ${lead.id}`}
          onClick={() =>
            deleteLater({
              key: `lead ${lead.id}`,
              words: t('lead_deleted', { name: lead.name }),
              end: leaving => remove(lead.id, leaving),
            })
          }
        >
          {t('delete')}
        </button>
      </div>
    </li>
  )
}

/** An address that a stranger typed is only an address: its `?` and `&` add no subject, copy or body to the letter. */
const mailTo = (email: string) => `mailto:${email.split('@').map(encodeURIComponent).join('@')}`
