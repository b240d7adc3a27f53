import type { ReportItem } from '../../contract/shapes.ts'
import { type Filter, useReport } from '../api/figures.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { byName, SourcesPanel } from './sources.tsx'

/** The site they came from, with the tags of the address where it had any. */
function sourceName(one: ReportItem<'referrers'>): string {
  const tags = [one.utm_source, one.utm_medium, one.utm_campaign].filter(Boolean).join(' / ')
  const site = one.referrer_host ?? (tags ? '' : t('mail_chat_typed'))
  return [site, tags].filter(Boolean).join(' · ')
}

export function ReferrersPanel({ id, filter }: { id: string; filter: Filter }) {
  const { data } = useReport(id, 'referrers', filter)
  if (!data) return <WaitingPanel />
  return (
    <SourcesPanel
      title={t('where_from')}
      sources={byName(data.map(one => ({ ...one, name: sourceName(one) })))}
    />
  )
}
