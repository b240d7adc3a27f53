import { t } from '../texts.ts'

export interface DurationPart {
  number: string
  unit: string
}

/**
 * A duration as its two largest units. Whole seconds are counted down, so that 9.9 s does not read as 10 s and look
 * like an Actual session.
 * @param ms milliseconds, ≥ 0
 */
export function durationParts(ms: number): DurationPart[] {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const two = (n: number) => String(n).padStart(2, '0')
  if (hours > 0) {
    return [
      { number: String(hours), unit: t('unit_h') },
      { number: two(minutes % 60), unit: t('unit_m') },
    ]
  }
  if (minutes > 0) {
    return [
      { number: String(minutes), unit: t('unit_m') },
      { number: two(seconds % 60), unit: t('unit_s') },
    ]
  }
  return [{ number: String(seconds), unit: t('unit_s') }]
}

/** `1 m 40 s`, in spaces that do not break. */
export function duration(ms: number): string {
  return durationParts(ms)
    .map(part => `${part.number}\u00a0${part.unit}`)
    .join('\u00a0')
}

/** `1:12`, for a reader who is here now. */
export function clock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  const rest = two(seconds % 60)
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`
}
