const UNITS = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** A duration in words, in its largest whole unit: "30 minutes". Shorter than a second counts as one. */
export function duration(ms: number): string {
  const [unit, length] = UNITS.find(([, one]) => ms >= one && ms % one === 0) ?? UNITS[2]
  const count = Math.max(1, Math.round(ms / length))
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

/** A number of days in words: "1 day", "760 days". */
export const days = (count: number): string =>
  new Intl.NumberFormat('en', { style: 'unit', unit: 'day', unitDisplay: 'long', useGrouping: false }).format(
    count,
  )
