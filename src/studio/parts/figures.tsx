import { CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Figures } from '../../contract/shapes.ts'
import { counted } from '../format/count.ts'
import { duration } from '../format/duration.ts'
import { t } from '../texts.ts'
import { RateFigure, rateWords, TimeFigure } from './figure_text.tsx'
import css from './figures.module.css'
import { Hidden } from './hidden.tsx'
import panel from './panel.module.css'

/** The three figures with their definitions. `children` stand under them in the same card. */
export function FigurePanel({ figures, children }: { figures: Figures; children?: ReactNode }) {
  const { actual_sessions: actual, engaged_sessions: engaged, new_sessions: fresh } = figures
  const waiting = actual + fresh === 0
  return (
    <section
      className={`${panel.panel} ${css.figures} ${waiting ? css.waiting : ''}`}
      aria-label={t('figures')}
    >
      <dl className={css.bare}>
        <Figure
          name={t('total_actual_sessions')}
          definition={t('define_actual')}
          note={waiting ? t('none_yet') : t('of_sessions', { count: actual + fresh })}
        >
          {counted(actual)}
        </Figure>
        <Figure
          name={t('engagement_rate')}
          definition={t('define_rate')}
          note={actual === 0 ? t('nothing_to_divide_yet') : t('went_on')}
        >
          <RateFigure part={engaged} whole={actual} />
        </Figure>
        <Figure
          name={t('total_time_spent')}
          definition={t('define_time')}
          note={
            waiting
              ? t('counts_while_read')
              : t('per_session', { time: duration(figures.total_time_ms / (actual + fresh)) })
          }
        >
          <TimeFigure ms={figures.total_time_ms} />
        </Figure>
      </dl>
      {children}
      {/* The time grows every few seconds and would drown everything else: only the counts are announced. */}
      <div role="status">
        <Hidden>{t('figures_now', { count: actual, rate: rateWords(engaged, actual) })}</Hidden>
      </div>
    </section>
  )
}

interface FigureProps {
  name: string
  definition: string
  note: string
  children: ReactNode
}

function Figure({ name, definition, note, children }: FigureProps) {
  return (
    <div className={css.figure}>
      <dt>
        {name}
        <details className={css.define}>
          <summary aria-label={t('what_counts', { name })}>
            <CircleHelp size={16} aria-hidden />
          </summary>
          <p>{definition}</p>
        </details>
      </dt>
      <dd className={css.value}>{children}</dd>
      <dd className={css.note}>{note}</dd>
    </div>
  )
}
