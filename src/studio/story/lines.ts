import type { StoryStep } from '../../contract/shapes.ts'
import type { EventStep, ViewStep } from './attention.ts'
import { pageOf } from './step_words.ts'

/** A line of the story: a step, or "went on" together with the reading it led to. */
export type StoryLine =
  | { kind: 'opened'; at: string }
  | { kind: 'view'; at: string; view: ViewStep }
  | { kind: 'event'; at: string; event: EventStep }
  | { kind: 'went on'; at: string; view: ViewStep }

/** The steps as lines, in their order. */
export function storyLines(story: StoryStep[]): StoryLine[] {
  const lines: StoryLine[] = []
  for (const step of story) {
    const before = lines.at(-1)
    if (step.what === 'opened') lines.push({ kind: 'opened', at: step.at })
    else if (step.what === 'event') lines.push({ kind: 'event', at: step.at, event: step })
    else if (before?.kind === 'event' && leadsTo(before.event, step)) {
      lines[lines.length - 1] = { kind: 'went on', at: before.at, view: step }
    } else lines.push({ kind: 'view', at: step.at, view: step })
  }
  return lines
}

const leadsTo = (event: EventStep, view: ViewStep) =>
  event.type === 'forward_navigation' && pageOf(event.target) === view.page
