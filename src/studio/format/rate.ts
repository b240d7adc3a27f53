/** Below this many sessions a rate is shown with the numbers it is made of: 1 of 2 is not "50 %". */
export const RATE_FROM = 20

/**
 * Percent of a whole, never 0 unless nothing and never 100 unless all.
 * @param whole must be greater than 0
 */
export function percent(part: number, whole: number): number {
  if (part <= 0) return 0
  if (part >= whole) return 100
  return Math.min(99, Math.max(1, Math.round((part / whole) * 100)))
}

export type Rate =
  | { kind: 'none' }
  | { kind: 'of'; part: number; whole: number; percent: number }
  | { kind: 'percent'; percent: number }

/** How a rate is shown: "–" where there is nothing to divide, "4 of 9 (44 %)" for few, "61 %" for many. */
export function rate(part: number, whole: number): Rate {
  if (whole === 0) return { kind: 'none' }
  const value = percent(part, whole)
  return whole < RATE_FROM ? { kind: 'of', part, whole, percent: value } : { kind: 'percent', percent: value }
}
