import { useState } from 'react'
import type { SessionStory } from '../../contract/shapes.ts'
import { VERDICTS, type Verdict } from '../../contract/words.ts'
import { useVerdict } from '../api/sessions.ts'
import { duration } from '../format/duration.ts'
import { reasonWords } from '../format/reason.ts'
import controls from '../parts/controls.module.css'
import { Panel } from '../parts/panel.tsx'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './session.module.css'

const TITLES: Record<Verdict, () => string> = {
  person: () => t('counted_person'),
  bot: () => t('counted_bot'),
  owner: () => t('counted_owner'),
}
const NAMES: Record<Verdict, () => string> = {
  person: () => t('was_person'),
  bot: () => t('was_bot'),
  owner: () => t('was_owner'),
}

/** Why this session counts as it does, and the owner's say in it. */
export function VerdictPanel({ campaign, session }: { campaign: string; session: SessionStory }) {
  const { verdict, reason, credited_ms: credited, claimed_ms: claimed } = session
  const [chosen, setChosen] = useState<Verdict>(verdict)
  const change = useVerdict(campaign, 'sessions', session.id)
  const times =
    claimed === credited
      ? t('all_credited', { time: duration(credited) })
      : t('part_credited', { claimed: duration(claimed), credited: duration(credited) })
  return (
    <Panel title={TITLES[verdict]()}>
      <p className={`${text.soft} ${text.small}`}>
        {reason === 'person' ? t('why_person') : `${t('because', { reason: reasonWords(reason) })}`} {times}
      </p>
      <details className={css.verdict}>
        <summary className={controls.button}>{t('count_differently')}</summary>
        <form
          onSubmit={event => {
            event.preventDefault()
            change.mutate(chosen)
          }}
        >
          <fieldset>
            <legend>{t('this_was')}</legend>
            {VERDICTS.map(one => (
              <label key={one}>
                <input type="radio" name="verdict" checked={chosen === one} onChange={() => setChosen(one)} />
                {NAMES[one]()}
                <small>{one === 'person' ? t('enters_figures') : t('leaves_figures')}</small>
              </label>
            ))}
          </fieldset>
          {change.error && (
            <p className={controls.wrong} role="alert">
              {change.error.message}
            </p>
          )}
          <div className={controls.row}>
            <button
              type="submit"
              className={controls.button}
              disabled={change.isPending || chosen === verdict}
            >
              {t('save')}
            </button>
            {reason === 'overruled' && (
              <button
                type="button"
                className={controls.button}
                disabled={change.isPending}
                onClick={() => change.mutate(null)}
              >
                {t('as_rules_say')}
              </button>
            )}
          </div>
        </form>
      </details>
    </Panel>
  )
}
