import { LABEL_MAX, TARGET_MAX } from '../contract/limits.ts'
import { uuidv7 } from '../contract/uuid.ts'
import type { SentEvent } from '../contract/wire.ts'
import { EVENT_TYPES, type EventType } from '../contract/words.ts'
import { touch } from './clock.ts'
import { keepItem, moment } from './outbox.ts'
import { resume, session } from './session.ts'
import { settings } from './settings.ts'
import { view } from './view.ts'

/** Keeps one event. */
export function act(type: EventType, element: HTMLElement, label?: string, target?: string): void {
  touch()
  resume()
  keepItem(
    session,
    {
      id: uuidv7(),
      type,
      view: view.id,
      ago_ms: moment(),
      label: (label || element.innerText || '').trim().replace(/\s+/g, ' ').slice(0, LABEL_MAX),
      target: target?.slice(0, TARGET_MAX),
    } as SentEvent,
    true,
  )
}

/** Where a path stands among the three pages, −1 where it is none of them. */
const rank = (path: string) =>
  ['', '/case-studies', '/contact'].indexOf(path.replace(`/p/${settings.slug}`, '').replace(/\/$/, ''))

/** One click, one event: the first that fits. */
export function click(event: MouseEvent): void {
  // the right button opens a menu, it follows no link
  if (event.button > 1) return
  const closest = (selector: string) =>
    (event.composedPath()[0] as Element).closest<HTMLAnchorElement>(selector)
  const link = closest('a[href],area[href]')
  const marked = closest('[data-pb-event]')
  const name = marked?.dataset.pbEvent as EventType | undefined
  const isType = name && EVENT_TYPES.includes(name)
  const isWeb = link && /^http/.test(link.protocol)
  const type = name
    ? isType
      ? name
      : 'cta_click'
    : isWeb && link.origin !== location.origin
      ? 'external_link'
      : isWeb && rank(link.pathname) > rank(location.pathname)
        ? 'forward_navigation'
        : closest('[data-pb-cta]') || /^(mailto|tel):/.test(link?.protocol ?? '')
          ? 'cta_click'
          : undefined
  if (type) act(type, marked ?? link ?? closest('[data-pb-cta]')!, isType ? '' : name, link?.href)
}

/**
 * A form was sent. Hosted pages: the form learns the session, as under GPC no cookie tells it. Embedding sites: a lead,
 * if the browser really sends the form; one that sends it by script says so by an event `pb-lead` on the form.
 */
export function submit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement
  const field = settings.page && (form.elements.namedItem('session') as HTMLInputElement)
  if (field) field.value = session._id
  if (form.matches('[data-pb-lead]'))
    // after every other listener had its chance to prevent it
    setTimeout(() => event.defaultPrevented || lead(event))
}

export const lead = (event: Event) => act('lead_submit', event.target as HTMLElement, ' ')
