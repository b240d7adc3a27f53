import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import controls from '../parts/controls.module.css'
import { Rich } from '../parts/rich.tsx'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import { deleteLater } from '../undo.ts'
import css from './editor.module.css'
import { type EditorForm, newStudy } from './form.ts'
import { changeDraft } from './open_drafts.ts'
import { AddressLine, Line, Prose } from './prose.tsx'

/** As many as a campaign holds. */
const STUDIES_MAX = 20

interface FieldsProps {
  form: EditorForm
  issues: Record<string, string>
  change: (form: EditorForm) => void
  campaign: string
}

export function CaseStudiesFields({ form, issues, change, campaign }: FieldsProps) {
  // An empty page begins with the fields of a first one, which exists once something is written in it.
  const [blank] = useState(newStudy)
  const none = form.case_studies.length === 0
  const studies = none ? [blank] : form.case_studies
  const put = (case_studies: EditorForm['case_studies']) => change({ ...form, case_studies })
  const remove = (study: EditorForm['case_studies'][number], name: string) => {
    const place = studies.indexOf(study)
    deleteLater(
      {
        key: `study ${study.id}`,
        words: t('study_deleted', { name }),
        undo: () =>
          changeDraft(campaign, now => ({
            ...now,
            case_studies: now.case_studies.toSpliced(place, 0, study),
          })),
      },
      () => put(studies.filter(one => one !== study)),
    )
  }
  const move = (from: number, to: number) => {
    const next = [...studies]
    const [one] = next.splice(from, 1)
    next.splice(to, 0, one!)
    put(next)
  }
  return (
    <>
      {none && <p className={text.soft}>{t('no_study')}</p>}
      {studies.map((study, index) => {
        const name = study.title || t('study_number', { place: index + 1 })
        const set = (part: Partial<typeof study>) =>
          put(studies.map(one => (one.id === study.id ? { ...one, ...part } : one)))
        return (
          <section key={study.id} className={css.study} aria-label={name} data-shows={`#${study.id}`}>
            <header>
              <b>{t('study_number', { place: index + 1 })}</b>
              {!none && (
                <span className={controls.row}>
                  <IconButton
                    label={t('move_up', { name })}
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  >
                    <ArrowUp size={16} aria-hidden />
                  </IconButton>
                  <IconButton
                    label={t('move_down', { name })}
                    disabled={index === studies.length - 1}
                    onClick={() => move(index, index + 1)}
                  >
                    <ArrowDown size={16} aria-hidden />
                  </IconButton>
                  <IconButton
                    label={t('remove_study', { name })}
                    data-delete={`study ${study.id}`}
                    onClick={() => remove(study, name)}
                  >
                    <Trash2 size={16} aria-hidden />
                  </IconButton>
                </span>
              )}
            </header>
            <Line
              label={t('title')}
              value={study.title}
              max={200}
              placeholder={t('study_title_example')}
              onValue={title => set({ title })}
            />
            <Prose
              label={t('text')}
              value={study.body}
              rows={6}
              max={40_000}
              placeholder={t('study_skeleton')}
              hint={<Rich text={t('study_hint')} />}
              onValue={body => set({ body })}
            />
            <div className={controls.pair}>
              <AddressLine
                label={t('outside_address')}
                value={study.url}
                wrong={issues[`url_${study.id}`]}
                onValue={url => set({ url })}
              />
              <Line
                label={t('its_words')}
                value={study.url_label}
                max={200}
                placeholder={t('its_words_example')}
                onValue={url_label => set({ url_label })}
              />
            </div>
          </section>
        )
      })}
      <div>
        <button
          type="button"
          className={controls.button}
          disabled={studies.length >= STUDIES_MAX}
          onClick={() => put([...studies, newStudy()])}
        >
          <Plus size={16} aria-hidden />
          {t('add_study')}
        </button>
      </div>
    </>
  )
}

interface IconButtonProps {
  label: string
  disabled?: boolean
  'data-delete'?: string
  onClick: () => void
  children: React.ReactNode
}

function IconButton({ label, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.iconOnly}`}
      aria-label={label}
      {...rest}
    />
  )
}
