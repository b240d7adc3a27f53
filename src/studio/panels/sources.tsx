import { SplitMeter } from '../charts/meter.tsx'
import { counted } from '../format/count.ts'
import { Nothing, Panel } from '../parts/panel.tsx'
import css from '../parts/rank.module.css'
import { t } from '../texts.ts'

/** At most this many lines; the rest is one line more. */
const LINES = 6

interface Source {
  name: string
  sessions: number
  actual: number
}

/** Sessions and actual sessions of a few named kinds: devices, or where readers came from. */
export function SourcesPanel({ title, sources }: { title: string; sources: Source[] }) {
  const sorted = [...sources].sort((a, b) => b.sessions - a.sessions || b.actual - a.actual)
  const rest = sorted.slice(LINES)
  const shown = rest.length > 1 ? [...sorted.slice(0, LINES), together(rest)] : sorted
  const all = Math.max(
    1,
    sources.reduce((sum, one) => sum + one.sessions, 0),
  )
  return (
    <Panel title={title} aside={t('sessions_actual')}>
      {shown.length === 0 && <Nothing>{t('no_reading')}</Nothing>}
      <ul className={css.rank}>
        {shown.map(one => (
          <li key={one.name}>
            <span>{one.name}</span>
            <span className={css.value}>{counted(one.sessions)}</span>
            <span className={css.sub}>{t('actual_count', { count: one.actual })}</span>
            <SplitMeter actual={one.actual} sessions={one.sessions} of={all} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function together(rest: Source[]): Source {
  return {
    name: t('others', { count: rest.length }),
    sessions: rest.reduce((sum, one) => sum + one.sessions, 0),
    actual: rest.reduce((sum, one) => sum + one.actual, 0),
  }
}

/** Adds up lines that are shown under one name. */
export function byName(sources: Source[]): Source[] {
  const sums = new Map<string, Source>()
  for (const one of sources) {
    const sum = sums.get(one.name)
    if (!sum) sums.set(one.name, { ...one })
    else {
      sum.sessions += one.sessions
      sum.actual += one.actual
    }
  }
  return [...sums.values()]
}
