import type { CampaignItem, LiveItem, Project } from '../../contract/shapes.ts'
import type { List } from '../api/list.ts'
import type { CAMPAIGN_SORTS } from '../format/sorting.ts'
import { ListBar } from '../parts/list_bar.tsx'
import panel from '../parts/panel.module.css'
import { Nothing } from '../parts/panel.tsx'
import { ShowMore } from '../parts/show_more.tsx'
import { SortHead } from '../parts/sort_head.tsx'
import table from '../parts/table.module.css'
import { ROW, ROWS, TABLE } from '../parts/table_roles.ts'
import type { Sorting } from '../parts/use_sorting.ts'
import { t } from '../texts.ts'
import { CampaignRow } from './campaign_row.tsx'
import css from './campaigns.module.css'

type Name = keyof typeof CAMPAIGN_SORTS.names

interface CampaignTableProps {
  list: List<CampaignItem>
  sorting: Sorting<Name>
  live: LiveItem[]
  projects: Project[]
}

const NAMES: Record<Name, () => string> = {
  recent: () => t('sort_recent'),
  title: () => t('campaign'),
  actual: () => t('total_actual_sessions'),
  rate: () => t('engagement_rate'),
  time: () => t('total_time_spent'),
  last_read: () => t('last_read'),
}

export function CampaignTable({ list, sorting, live, projects }: CampaignTableProps) {
  const items = list.items ?? []
  const names = Object.fromEntries(Object.entries(NAMES).map(([name, words]) => [name, words()])) as Record<
    Name,
    string
  >
  return (
    <>
      <ListBar label={t('search_campaigns')} rows={list.total ?? 0} sorting={sorting} names={names} />
      {items.length === 0 ? (
        <section className={panel.panel}>
          <Nothing>{sorting.q ? t('nothing_found', { q: sorting.q }) : t('no_campaign_here')}</Nothing>
        </section>
      ) : (
        <Table items={items} sorting={sorting} live={live} projects={projects} />
      )}
      <ShowMore list={list} />
    </>
  )
}

function Table({
  items,
  sorting,
  live,
  projects,
}: Omit<CampaignTableProps, 'list'> & { items: CampaignItem[] }) {
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
            <SortHead sort="title" sorting={sorting}>
              {t('campaign')}
            </SortHead>
            <th scope="col">{t('last_30_days')}</th>
            <SortHead sort="actual" sorting={sorting} num>
              {t('total_actual_sessions')}
            </SortHead>
            <SortHead sort="rate" sorting={sorting} num>
              {t('engagement_rate')}
            </SortHead>
            <SortHead sort="time" sorting={sorting} num>
              {t('total_time_spent')}
            </SortHead>
            <SortHead sort="last_read" sorting={sorting} num>
              {t('last_read')}
            </SortHead>
          </tr>
        </thead>
        <tbody {...ROWS}>
          {items.map(item => (
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
