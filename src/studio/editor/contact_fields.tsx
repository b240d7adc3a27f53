import controls from '../parts/controls.module.css'
import { t } from '../texts.ts'
import type { EditorForm } from './form.ts'
import { AddressLine, Line, Prose } from './prose.tsx'

interface FieldsProps {
  form: EditorForm
  issues: Record<string, string>
  change: (form: EditorForm) => void
}

export function ContactFields({ form, issues, change }: FieldsProps) {
  const { contact } = form
  const set = (part: Partial<EditorForm['contact']>) => change({ ...form, contact: { ...contact, ...part } })
  return (
    <>
      <Line
        label={t('heading')}
        value={contact.heading}
        max={200}
        placeholder={t('heading_example')}
        shows="h1"
        onValue={heading => set({ heading })}
      />
      <Prose
        label={t('text')}
        value={contact.body}
        rows={4}
        max={20_000}
        hint={t('markdown_hint')}
        placeholder={t('contact_skeleton')}
        shows=".prose"
        onValue={body => set({ body })}
      />
      <div className={controls.pair}>
        <Line
          label={t('cta_words')}
          value={contact.cta.label}
          max={200}
          placeholder={t('cta_example')}
          wrong={issues.cta_label}
          shows="[data-pb-cta]"
          onValue={label => set({ cta: { ...contact.cta, label } })}
        />
        <AddressLine
          label={t('cta_address')}
          value={contact.cta.url}
          wrong={issues.cta_url}
          shows="[data-pb-cta]"
          onValue={url => set({ cta: { ...contact.cta, url } })}
        />
      </div>
      <label className={controls.check} data-shows="form.row">
        <input
          type="checkbox"
          checked={contact.form}
          onChange={event => set({ form: event.target.checked })}
        />
        <span>{t('with_form')}</span>
      </label>
    </>
  )
}
