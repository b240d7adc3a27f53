import type { StoryStep } from '../../contract/shapes.ts'

export type ViewStep = Extract<StoryStep, { what: 'view' }>
export type EventStep = Extract<StoryStep, { what: 'event' }>

/** A stretch of attention, in percent of all of it. */
export interface Stretch {
  start: number
  width: number
  /** where case studies begin and end inside it, with their share */
  parts: Array<{ id: string; start: number; width: number; ms: number }>
}

export interface Band {
  page: string
  ms: number
  stretches: Stretch[]
}

export const views = (story: StoryStep[]): ViewStep[] =>
  story.filter((step): step is ViewStep => step.what === 'view' && step.active_ms > 0)

/**
 * Active time in the order in which it was spent, one band a page. What a view spent outside its parts stands before
 * them.
 * @param order ids of the case studies as they stand on their page
 */
export function attention(story: StoryStep[], order: string[]): Band[] {
  const seen = views(story)
  const total = seen.reduce((sum, view) => sum + view.active_ms, 0)
  const bands = new Map<string, Band>()
  let start = 0
  for (const view of seen) {
    const width = (view.active_ms / total) * 100
    const band = bands.get(view.page) ?? { page: view.page, ms: 0, stretches: [] }
    band.ms += view.active_ms
    band.stretches.push({ start, width, parts: partsOf(view, start, total, order) })
    bands.set(view.page, band)
    start += width
  }
  return [...bands.values()]
}

function partsOf(view: ViewStep, start: number, total: number, order: string[]): Stretch['parts'] {
  const known = Object.entries(view.parts).filter(([, ms]) => ms > 0)
  known.sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]))
  const sum = known.reduce((all, [, ms]) => all + ms, 0)
  // Parts are measured beside the view and may exceed it by a moment.
  const scale = sum > view.active_ms ? view.active_ms / sum : 1
  let at = start + ((view.active_ms - sum * scale) / total) * 100
  return known.map(([id, ms]) => {
    const width = ((ms * scale) / total) * 100
    const part = { id, start: at, width, ms }
    at += width
    return part
  })
}

/** The case study that was read longest, over all views. */
export function longestPart(story: StoryStep[]): { id: string; ms: number } | null {
  const sums = new Map<string, number>()
  for (const view of views(story)) {
    for (const [id, ms] of Object.entries(view.parts)) sums.set(id, (sums.get(id) ?? 0) + ms)
  }
  const [longest] = [...sums].sort((a, b) => b[1] - a[1])
  return longest && longest[1] > 0 ? { id: longest[0], ms: longest[1] } : null
}
