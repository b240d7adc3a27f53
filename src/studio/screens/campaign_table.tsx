import type { ReactNode } from 'react'
import { useSearchParams } from 'wouter'
import type { CampaignItem, LiveItem, Project } from '../../contract/shapes.ts'
import panel from '../parts/panel.module.css'
import { Nothing } from '../parts/panel.tsx'
import table from '../parts/table.module.css'
import { ROW, ROWS, TABLE } from '../parts/table_roles.ts'
import { t } from '../texts.ts'
import { inOrder, type Order, readOrder } from './campaign_order.ts'
import { CampaignRow } from './campaign_row.tsx'
import css from './campaigns.module.css'

interface CampaignTableProps {
  items: CampaignItem[]
  live: LiveItem[]
  projects: Project[]
}

export function CampaignTable({ items, live, projects }: CampaignTableProps) {
  const [search] = useSearchParams()
  const order = readOrder(search)
  const shown = inOrder(items, order, new Set(live.map(one => one.campaign.id)))
  if (items.length === 0) {
    return (
      <section className={panel.panel}>
        <Nothing>{t('no_campaign_here')}</Nothing>
      </section>
    )
  }
  return (
    <section className={`${panel.panel} ${css.campaigns}`} aria-label={t('campaigns')}>
      <table className={`${table.table} ${table.folds}`} {...TABLE}>
        <colgroup>
          <col width="25%" />
          <col width="14%" />
          <col width="14%" />
          <col width="15%" />
          <col width="13%" />
          <col width="19%" />
        </colgroup>
        <thead {...ROWS}>
          <tr {...ROW}>
            <Head order="title" now={order}>
              {t('campaign')}
            </Head>
            <th scope="col">{t('last_30_days')}</th>
            <Head order="actual" now={order} num>
              {t('total_actual_sessions')}
            </Head>
            <Head order="rate" now={order} num>
              {t('engagement_rate')}
            </Head>
            <Head order="time" now={order} num>
              {t('total_time_spent')}
            </Head>
            <Head order="last" now={order} num>
              {t('last_read')}
            </Head>
          </tr>
        </thead>
        <tbody {...ROWS}>
          {shown.map(item => (
            <CampaignRow
              key={item.id}
              item={item}
              live={live.filter(one => one.campaign.id === item.id)}
              zone={projects.find(one => one.id === item.project_id)?.time_zone ?? 'UTC'}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface HeadProps {
  order: Order
  now: Order
  num?: boolean
  children: ReactNode
}

/** A column head that sorts by its column. */
function Head({ order, now, num, children }: HeadProps) {
  const [, setSearch] = useSearchParams()
  const here = order === now
  const sort = () =>
    setSearch(
      before => {
        const next = new URLSearchParams(before)
        if (order === 'last') next.delete('sort')
        else next.set('sort', order)
        return next
      },
      { replace: true },
    )
  return (
    <th
      scope="col"
      className={num ? table.num : undefined}
      aria-sort={here ? (order === 'title' ? 'ascending' : 'descending') : undefined}
    >
      <button type="button" className={table.sort} onClick={sort}>
        {children}
        {here && (order === 'title' ? ' ↑' : ' ↓')}
      </button>
    </th>
  )
}
