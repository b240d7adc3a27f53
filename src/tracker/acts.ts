import { LABEL_MAX, TARGET_MAX } from '../contract/limits.ts'
import { EVENT_TYPES, type EventType } from '../contract/words.ts'
import { newId } from './id.ts'
import { now } from './post.ts'
import { api, page } from './settings.ts'
import { begin, type Item, items, session, view } from './visit.ts'

const [FORWARD, EXTERNAL, CTA, LEAD] = EVENT_TYPES

/** Keeps one event. */
function act(type: EventType, label?: string, target?: string): void {
  if (!view) begin()
  items.push({
    id: newId(),
    type,
    view: view.id,
    ago_ms: now(),
    label: label?.slice(0, LABEL_MAX),
    target: target?.slice(0, TARGET_MAX),
  } as Item)
}

/** One click, one event: the first that fits. */
export function click({ target, button }: MouseEvent): void {
  const { dataset, innerText, href, host, origin, pathname } = (target as Element).closest(
    'a,[data-pb-event],[data-pb-cta]',
  ) as HTMLAnchorElement
  const name = dataset.pbEvent as EventType
  const type = EVENT_TYPES.includes(name)
    ? name
    : name
      ? CTA
      : host && origin !== location.origin
        ? EXTERNAL
        : // the later pages in reading order are also later in the alphabet
          pathname > location.pathname && href.includes(`${api}/c`)
          ? FORWARD
          : 'pbCta' in dataset || /^(mailto|tel)/.test(href)
            ? CTA
            : undefined
  // the right button opens a menu, it follows no link
  if (type && button < 2) act(type, name && name !== type ? name : innerText, href)
}

/**
 * The browser gathers the fields of a form: when it really sends it, after every listener let it pass, or for a script
 * that sends it. The lead form of a hosted page learns the session, as under GPC no cookie tells it; elsewhere it is a lead.
 */
export function formData({ target, formData }: FormDataEvent): void {
  if (page) formData.append('session', session)
  else if ((target as Element).matches('[data-pb-lead]')) act(LEAD)
}
