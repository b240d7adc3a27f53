import { Fragment } from 'react'
import type { Figures } from '../../contract/shapes.ts'
import { type Filter, useReconcile } from '../api/figures.ts'
import { counted } from '../format/count.ts'
import { Link } from '../parts/link.tsx'
import { Rich } from '../parts/rich.tsx'
import { Bones } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import css from './reconcile.module.css'

/** More blocks than this would only be a texture. */
const CELLS_MAX = 12

interface ReconcileLineProps {
  id: string
  filter: Filter
  figures: Figures
  /** the query that narrows a list as the figures are narrowed */
  narrowed: string
}

/** Everything that was seen adds up: "23 = 9 actual + 6 under 10 s + 5 previews and scanners + 2 … + 1 yours". */
export function ReconcileLine({ id, filter, figures, narrowed }: ReconcileLineProps) {
  const { data } = useReconcile(id, filter)
  if (!data)
    return (
      <div className={css.reconcile}>
        <Bones lines={1} height={40} />
      </div>
    )
  const engaged = Math.min(figures.engaged_sessions, data.actual)
  const terms = [
    {
      key: 'actual',
      count: data.actual,
      words: t('term_actual', { count: data.actual }),
      cells: cells(engaged, 'engaged', data.actual - engaged, 'actual'),
    },
    { key: 'new', count: data.new, words: t('term_new', { count: data.new }), cells: cells(data.new, '') },
    {
      key: 'bot',
      count: data.bot,
      words: t('term_bot', { count: data.bot }),
      cells: cells(data.bot, 'other'),
    },
    {
      key: 'unscripted',
      count: data.unscripted,
      words: t('term_unscripted', { count: data.unscripted }),
      cells: cells(data.unscripted, 'blind'),
    },
    {
      key: 'owner',
      count: data.owner,
      words: t('term_owner', { count: data.owner }),
      cells: cells(data.owner, 'mine'),
    },
  ].filter(term => term.count > 0 || term.key === 'actual' || term.key === 'new')
  return (
    <p className={css.reconcile}>
      <span>
        <b>{counted(data.total)}</b> <span className={css.op}>=</span>
      </span>
      {terms.map((term, index) => (
        <Fragment key={term.key}>
          {index > 0 && <span className={css.op}>+</span>}
          <Link className={css.term} href={`/campaigns/${id}/sessions?show=${term.key}&${narrowed}`}>
            {data.total <= CELLS_MAX * 5 && term.cells.length <= CELLS_MAX && (
              <span className={css.cells} aria-hidden="true">
                {term.cells.map((look, cell) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are all alike
                  <span key={cell} className={`${css.cell} ${look ? css[look] : ''}`} />
                ))}
              </span>
            )}
            <span>
              <Rich text={term.words} />
            </span>
          </Link>
        </Fragment>
      ))}
      {data.private > 0 && (
        <Link className={css.term} href={`/campaigns/${id}/sessions?show=private&${narrowed}`}>
          <span>
            <Rich text={t('private_of_them', { count: data.private })} />
          </span>
        </Link>
      )}
      <Link className={css.why} href={`/campaigns/${id}/counting`}>
        {t('how_counted')}
      </Link>
    </p>
  )
}

function cells(first: number, look: string, second = 0, other = ''): string[] {
  return [...Array<string>(first).fill(look), ...Array<string>(second).fill(other)]
}
