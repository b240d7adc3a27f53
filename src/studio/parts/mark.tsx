import type { Flag, Verdict } from '../../contract/words.ts'
import { t } from '../texts.ts'
import css from './mark.module.css'

export type MarkKind = Flag | 'other'

/** What a session counts as: its flag, or `other` where it does not count at all. */
export function markOf(session: { flag: Flag; verdict: Verdict }): MarkKind {
  return session.verdict === 'person' ? session.flag : 'other'
}

const NAMES: Record<MarkKind, () => string> = {
  new: () => t('flag_new'),
  actual: () => t('flag_actual'),
  engaged: () => t('flag_engaged'),
  other: () => t('not_counted'),
}

/** Hollow, half, full, dotted. With `named` it has a name of its own, for places where no word stands beside it. */
export function Mark({ kind, named }: { kind: MarkKind; named?: boolean | string }) {
  const name = typeof named === 'string' ? named : NAMES[kind]()
  const look = kind === 'new' ? css.mark : `${css.mark} ${css[kind]}`
  return named ? (
    <span className={look} data-mark={kind} role="img" aria-label={name} />
  ) : (
    <span className={look} data-mark={kind} aria-hidden="true" />
  )
}

/** Somebody is here now. */
export function Dot() {
  return <span className={css.dot} data-mark="live" aria-hidden="true" />
}
