import { useId } from 'react'
import { t } from '../texts.ts'
import { Choice } from './choice.tsx'
import css from './controls.module.css'

interface ZoneFieldProps {
  value: string
  onZone: (zone: string) => void
}

/** The time zone in which a project's days begin and end. */
export function ZoneField({ value, onZone }: ZoneFieldProps) {
  const id = useId()
  const zones = [...new Set([value, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
  return (
    <div className={css.field}>
      <label htmlFor={id}>{t('time_zone')}</label>
      <Choice inField id={id} value={value} onChange={event => onZone(event.target.value)}>
        {zones.map(zone => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </Choice>
      <span className={css.hint}>{t('time_zone_hint')}</span>
    </div>
  )
}
