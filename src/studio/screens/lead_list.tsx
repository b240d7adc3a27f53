import type { LeadItem } from '../../contract/shapes.ts'
import { useLeads, withoutHidden } from '../api/leads.ts'
import type { List } from '../api/list.ts'
import type { Sorts } from '../format/sorting.ts'
import css from '../parts/lead_card.module.css'
import { LeadCard } from '../parts/lead_card.tsx'
import { ListBar } from '../parts/list_bar.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { ShowMore } from '../parts/show_more.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { useSorting } from '../parts/use_sorting.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { useHidden } from '../undo.ts'

const SORTS = {
  names: { created: 'desc', name: 'asc' },
  standard: 'created',
} as const satisfies Sorts<string>

interface LeadListProps {
  /** undefined for those of all campaigns; then each says its own */
  campaign?: string
  zoneOf: (project: string) => string
  /** what stands there where nobody wrote */
  nothing: string
}

/** Who wrote: those who wait for an answer, then the others. */
export function LeadList({ campaign, zoneOf, nothing }: LeadListProps) {
  const sorting = useSorting(SORTS)
  const { q, sort, order } = sorting
  const waiting = useLeads(campaign, { status: 'new', q, sort, order })
  const others = useLeads(campaign, { status: 'answered,archived', q, sort, order })
  const hidden = useHidden()
  const error = waiting.error ?? others.error
  if (!waiting.items || !others.items) {
    if (!error) return <WaitingPanel lines={4} height={32} />
    return (
      <Trouble
        error={error}
        retry={() => {
          waiting.again()
          others.again()
        }}
      />
    )
  }
  const shown = (list: List<LeadItem>) => {
    const items = list.items ?? []
    return withoutHidden({ ...list, items, total: list.total ?? items.length }, hidden)
  }
  const [toAnswer, answered] = [shown(waiting), shown(others)]
  const rows = toAnswer.total + answered.total
  const group = (title: string, list: typeof toAnswer, name: string) =>
    list.items.length > 0 && (
      <Panel title={title} aside={t('leads_count', { count: list.total })}>
        <ul className={css.leads}>
          {list.items.map(lead => (
            <LeadCard
              key={lead.id}
              campaign={lead.campaign.id}
              lead={lead}
              zone={zoneOf(lead.campaign.project_id)}
              {...(campaign === undefined && { title: lead.campaign.title })}
            />
          ))}
        </ul>
        <ShowMore list={list} name={name} />
      </Panel>
    )
  return (
    <>
      <ListBar label={t('search_leads')} rows={rows} sorting={sorting} names={NAMES()} always />
      {rows === 0 && (
        <Panel title={t('leads')}>
          <Nothing>{q ? t('nothing_found', { q }) : nothing}</Nothing>
        </Panel>
      )}
      {group(t('waiting_for_you'), toAnswer, 'rows')}
      {group(t('earlier_leads'), answered, 'earlier_rows')}
    </>
  )
}

const NAMES = () => ({ created: t('sort_newest'), name: t('sort_by_name') })
