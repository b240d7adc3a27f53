import { type Filter, useReport } from '../api/figures.ts'
import { device } from '../format/device.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { byName, SourcesPanel } from './sources.tsx'

export function DevicesPanel({ id, filter }: { id: string; filter: Filter }) {
  const { data } = useReport(id, 'devices', filter)
  if (!data) return <WaitingPanel />
  return (
    <SourcesPanel title={t('devices')} sources={byName(data.map(one => ({ ...one, name: device(one) })))} />
  )
}
