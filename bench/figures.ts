/** The middle one; of an even number the mean of the two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!
}

export const round = (value: number, digits = 0) => Number(value.toFixed(digits))
/** 12 345 */
export const grouped = (value: number) => Math.round(value).toLocaleString('en').replaceAll(',', ' ')
