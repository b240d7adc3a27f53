import { useState } from 'react'
import type { Campaign } from '../../contract/shapes.ts'
import { PAGES } from '../../contract/words.ts'
import { pageName } from '../format/names.ts'
import { moment } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import panel from '../parts/panel.module.css'
import { t } from '../texts.ts'
import css from './conflict.module.css'
import { type Difference, differences, merged, type Side } from './differences.ts'
import { DifferingText } from './differing_text.tsx'
import { toPages } from './form.ts'
import type { OpenDraft } from './open_draft.ts'
import { useDraft } from './open_drafts.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * Two tabs wrote the same draft: shows both texts of each field that differs, and lets the owner take one of them for
 * each, or all of one side. A field that was not touched here comes from the other side unless told otherwise.
 */
export function Conflict({ draft, theirs }: { draft: OpenDraft; theirs: Campaign }) {
  const { form, base, at } = useDraft(draft)
  const [chosen, setChosen] = useState<Record<string, Side>>({})
  const ours = toPages(form).pages
  const touched = new Set(differences(ours, base).map(one => one.name))
  const sideOf = (name: string): Side => chosen[name] ?? (touched.has(name) ? 'ours' : 'theirs')
  const found = differences(ours, theirs.draft)
  const names: Record<Side, string> = {
    ours: at ? t('of_here_at', { when: moment(at, zone) }) : t('of_here'),
    theirs: t('of_elsewhere'),
  }
  return (
    <section className={panel.panel} aria-label={t('two_versions')}>
      <header>
        <h2>{t('two_versions')}</h2>
      </header>
      <p role="alert">{t('overtaken')}</p>
      {PAGES.map(page => {
        const fields = found.filter(one => one.page === page)
        if (fields.length === 0) return null
        return (
          <div key={page} className={css.page}>
            <h3>{pageName(page)}</h3>
            {fields.map(one => (
              <Sides
                key={one.name}
                difference={one}
                names={names}
                side={sideOf(one.name)}
                choose={side => setChosen({ ...chosen, [one.name]: side })}
              />
            ))}
          </div>
        )
      })}
      <div className={controls.row}>
        <button
          type="button"
          className={`${controls.button} ${controls.first}`}
          onClick={() => draft.settle(merged(ours, theirs.draft, sideOf))}
        >
          {t('go_on_with_chosen')}
        </button>
        <button type="button" className={controls.button} onClick={() => draft.settle(ours)}>
          {t('keep_mine')}
        </button>
        <button type="button" className={controls.button} onClick={() => draft.settle(theirs.draft)}>
          {t('take_theirs')}
        </button>
      </div>
    </section>
  )
}

interface SidesProps {
  difference: Difference
  names: Record<Side, string>
  side: Side
  choose: (side: Side) => void
}

function Sides({ difference, names, side, choose }: SidesProps) {
  const { name, label } = difference
  return (
    <fieldset className={css.field} data-difference={name}>
      <legend>{label}</legend>
      {(['ours', 'theirs'] as const).map(one => (
        <label key={one}>
          <span className={css.name}>
            <input type="radio" name={name} value={one} checked={side === one} onChange={() => choose(one)} />
            {names[one]}
          </span>
          <DifferingText text={difference[one]} other={difference[one === 'ours' ? 'theirs' : 'ours']} />
        </label>
      ))}
    </fieldset>
  )
}
