import type { ReportItem } from '../../contract/shapes.ts'
import { type Filter, useReport } from '../api/figures.ts'
import { Meter } from '../charts/meter.tsx'
import { counted } from '../format/count.ts'
import { percent } from '../format/rate.ts'
import { Nothing, Panel } from '../parts/panel.tsx'
import css from '../parts/rank.module.css'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'

type Step = ReportItem<'funnel'>['step']

const NAMES: Record<Step, () => string> = {
  opened: () => t('step_opened'),
  actual: () => t('step_actual'),
  case_studies: () => t('page_case_studies'),
  contact: () => t('page_contact'),
  acted: () => t('step_acted'),
  lead: () => t('step_lead'),
}

const TONES: Partial<Record<Step, 'actual' | 'engaged'>> = {
  actual: 'actual',
  acted: 'engaged',
  lead: 'engaged',
}

/** How far readers came, of all sessions of persons. */
export function FunnelPanel({ id, filter }: { id: string; filter: Filter }) {
  const { data } = useReport(id, 'funnel', filter)
  if (!data) return <WaitingPanel lines={7} height={24} />
  const of = (step: Step) => data.find(one => one.step === step)?.sessions ?? 0
  const opened = of('opened')
  const title =
    opened === 0 ? t('how_far') : t('reached_case_studies', { part: of('case_studies'), whole: opened })
  return (
    <Panel title={title} aside={t('of_all_opened')}>
      {opened === 0 ? (
        <Nothing>{t('no_reading')}</Nothing>
      ) : (
        <ul className={css.rank}>
          {data.map(one => (
            <li key={one.step} className={one.step === 'acted' ? css.split : undefined}>
              <span>{NAMES[one.step]()}</span>
              <span className={css.value}>{counted(one.sessions)}</span>
              <span className={css.sub}>
                {one.step === 'opened' ? '' : t('percent', { value: percent(one.sessions, opened) })}
              </span>
              <Meter share={one.sessions / opened} tone={TONES[one.step] ?? 'bar'} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
