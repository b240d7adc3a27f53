import type { CampaignItem, LiveItem } from '../../contract/shapes.ts'
import { Spark } from '../charts/spark.tsx'
import { writtenWords } from '../editor/written.ts'
import { counted } from '../format/count.ts'
import { linkName } from '../format/names.ts'
import { dayWord } from '../format/when.ts'
import { RateFigure, TimeFigure } from '../parts/figure_text.tsx'
import { Link } from '../parts/link.tsx'
import { Dot } from '../parts/mark.tsx'
import table from '../parts/table.module.css'
import { CELL, ROW, ROW_HEAD } from '../parts/table_roles.ts'
import text from '../parts/text.module.css'
import { When } from '../parts/when.tsx'
import { t } from '../texts.ts'
import css from './campaigns.module.css'

interface CampaignRowProps {
  item: CampaignItem
  live: LiveItem[]
  zone: string
}

export function CampaignRow(props: CampaignRowProps) {
  return props.item.published_at === null ? <DraftRow {...props} /> : <PublicRow {...props} />
}

function PublicRow({ item, live, zone }: CampaignRowProps) {
  const { actual_sessions: actual, engaged_sessions: engaged, total_time_ms: time } = item.figures
  const figure = (label: string, zero: boolean, value: React.ReactNode) => (
    <td {...CELL} className={`${table.num} ${css.fig}`} data-label={label}>
      <span className={`${css.big} ${zero ? css.zero : ''}`}>{value}</span>
    </td>
  )
  return (
    <tr {...ROW}>
      <th scope="row" {...ROW_HEAD}>
        <Link className={text.long} href={`/campaigns/${item.id}`}>
          {item.title}
        </Link>
        <p>
          {item.sample && <>{t('sample')} · </>}
          {t('links_count', { count: item.links })} ·{' '}
          {t('published_on', { day: dayWord(item.published_at!, zone) })}
        </p>
      </th>
      <td {...CELL} className={css.chart}>
        <Spark days={item.spark} live={live.length > 0} />
      </td>
      {figure(t('total_actual_sessions'), actual === 0, counted(actual))}
      {figure(t('engagement_rate'), actual === 0, <RateFigure part={engaged} whole={actual} />)}
      {figure(t('total_time_spent'), time === 0, <TimeFigure ms={time} />)}
      <td {...CELL} className={`${table.num} ${css.last}`}>
        <LastRead item={item} live={live} zone={zone} />
      </td>
    </tr>
  )
}

function LastRead({ item, live, zone }: CampaignRowProps) {
  const reader = live[0]
  if (reader) {
    return (
      <>
        <Dot />
        {t('reading_now_word')}
        <p className={text.long}>
          {live.length === 1 ? linkName(reader.link) : t('readers', { count: live.length })}
        </p>
      </>
    )
  }
  const at = item.figures.last_read_at
  if (at) {
    return (
      <>
        <When at={at} zone={zone} />
        <p className={text.long}>{linkName({ label: item.last_read_link ?? '' })}</p>
      </>
    )
  }
  return (
    <>
      <Link
        className={text.link}
        href={`/campaigns/${item.id}`}
        aria-label={t('send_link_of', { title: item.title })}
      >
        {t('send_the_link')}
      </Link>
      <p>{item.ever_opened ? t('not_opened_in_range') : t('not_opened_yet')}</p>
    </>
  )
}

function DraftRow({ item }: CampaignRowProps) {
  return (
    <tr {...ROW}>
      <th scope="row" {...ROW_HEAD}>
        <Link className={text.long} href={`/campaigns/${item.id}/pages`}>
          {item.title}
        </Link>
        <p>{t('draft')}</p>
      </th>
      <td {...CELL} colSpan={4} className={css.write}>
        {t('not_public')} {item.written && writtenWords(item.written)}
      </td>
      <td {...CELL} className={`${table.num} ${css.last}`}>
        <Link
          className={text.link}
          href={`/campaigns/${item.id}/pages`}
          aria-label={t('go_on_writing_of', { title: item.title })}
        >
          {t('go_on_writing')}
        </Link>
      </td>
    </tr>
  )
}
