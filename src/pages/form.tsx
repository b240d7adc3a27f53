/** @jsxImportSource hono/jsx */
import { EMAIL_MAX } from '../contract/limits.ts'
import { type LeadField, type LeadForm, MESSAGE_MAX, NAME_MAX, type Wrong } from './lead_form.ts'
import { TEXT_LANGUAGE, t } from './texts.ts'

interface FormProps {
  action: string
  /** who gets the message; null while the database cannot say */
  name: string | null
  lead: Pick<LeadForm, 'lead_id' | 'ticket' | LeadField>
  wrong?: Wrong
  heading?: string
  /** the page's one filled button */
  main: boolean
  preview?: boolean
}

/** The lead form: works without JavaScript; what was written comes back with whatever was wrong. */
export function Form({ action, name, lead, wrong = {}, heading, main, preview }: FormProps) {
  return (
    <form class="row" method="post" action={action} lang={TEXT_LANGUAGE}>
      {heading && <h2 class="label">{heading}</h2>}
      <input type="hidden" name="lead_id" value={lead.lead_id} />
      {lead.ticket && <input type="hidden" name="ticket" value={lead.ticket} />}
      <p class="pot" aria-hidden="true">
        <label>
          {t('leave_empty')} <input name="website" tabindex={-1} autocomplete="off" />
        </label>
      </p>
      <Field field="name" wrong={wrong}>
        <input {...control('name', wrong)} autocomplete="name" maxlength={NAME_MAX} value={lead.name} />
      </Field>
      <Field field="email" wrong={wrong}>
        <input
          {...control('email', wrong)}
          type="email"
          autocomplete="email"
          maxlength={EMAIL_MAX}
          value={lead.email}
        />
      </Field>
      <Field field="message" wrong={wrong}>
        {/* the parser drops one line end after the tag: give it one, or a message that begins with one loses it */}
        <textarea {...control('message', wrong)} maxlength={MESSAGE_MAX}>
          {`\n${lead.message}`}
        </textarea>
      </Field>
      <p class="actions">
        <button class={main ? 'btn main' : 'btn'} type="submit" disabled={preview ?? false}>
          {name ? t('send_to', { name }) : t('send')}
        </button>
      </p>
      {name && <p class="note">{t('goes_to', { name })}</p>}
    </form>
  )
}

function control(field: LeadField, wrong: Wrong) {
  const attributes = { id: field, name: field, required: true }
  return wrong[field]
    ? { ...attributes, 'aria-invalid': 'true' as const, 'aria-describedby': `${field}_why` }
    : attributes
}

function Field({ field, wrong, children }: { field: LeadField; wrong: Wrong; children: unknown }) {
  const key = wrong[field]
  return (
    <div class="field">
      <label for={field}>{t(field)}</label>
      {key && (
        <p class="why" id={`${field}_why`}>
          {t(`${key}_why`)}
        </p>
      )}
      {children}
    </div>
  )
}

/** What kept the message from being sent, above the form that keeps it. */
export function NotSent({ wrong, reason }: { wrong?: Wrong; reason?: 'kept_unavailable' | 'kept_busy' }) {
  const fields = Object.entries(wrong ?? {}) as [LeadField, NonNullable<Wrong[LeadField]>][]
  const link = ([field, key]: (typeof fields)[number]) => <a href={`#${field}`}>{t(key)}</a>
  return (
    <div class="alert" role="alert" lang={TEXT_LANGUAGE}>
      <h2>{t('not_sent')}</h2>
      <p>
        {reason ? t(reason) : t('kept', { count: fields.length })}
        {fields.length === 1 && <> {link(fields[0]!)}.</>}
      </p>
      {fields.length > 1 && (
        <ul>
          {fields.map(one => (
            <li key={one[0]}>{link(one)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
