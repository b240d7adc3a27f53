/** The closed lists of the product. docs/glossary.md says what each word means. */

/** The three public pages of a campaign, in reading order. */
export const PAGES = ['summary', 'case_studies', 'contact'] as const
export type Page = (typeof PAGES)[number]

/** How far a page is: nothing in it, something missing, or all there. */
export const WRITTEN = ['empty', 'begun', 'complete'] as const
export type Written = (typeof WRITTEN)[number]

/** What a reader can do. `link_open` is written by the store, never sent. */
export const EVENT_TYPES = ['forward_navigation', 'external_link', 'cta_click', 'lead_submit'] as const
export type EventType = (typeof EVENT_TYPES)[number]
export type StoredEventType = EventType | 'link_open'

export const STATES = ['reading', 'away', 'left'] as const
export type State = (typeof STATES)[number]

/** What the user agent says the visitor is, before any judgement. */
export const UA_CLASSES = ['person', 'preview', 'crawler', 'client', 'empty'] as const
export type UaClass = (typeof UA_CLASSES)[number]

export const VERDICTS = ['person', 'bot', 'owner'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Why a session or open counts as what it counts; first match in this order (sql/rules/verdict_reason.sql). */
export const REASONS = [
  'overruled',
  'owner_device',
  'owner_login',
  'preview',
  'crawler',
  'client',
  'empty_user_agent',
  'automated',
  'prefetch',
  'too_many_of_one_open',
  'impossible_time',
  'no_input_gone',
  'person',
] as const
export type Reason = (typeof REASONS)[number]

/** Where a message stands: waiting for an answer, answered, out of the way. */
export const LEAD_STATES = ['new', 'answered', 'archived'] as const

/** What a campaign's history holds: a draft that was saved, or what readers saw from then on. */
export const VERSION_KINDS = ['draft', 'publication'] as const

export const FLAGS = ['new', 'actual', 'engaged'] as const
export type Flag = (typeof FLAGS)[number]

/** Why the save leaves an item out. Each is tallied in the saving transaction. */
export const DROP_REASONS = [
  'erased', // a tombstone names its session
  'unknown_link', // the campaign or link does not exist (any more)
  'link_off', // received after the link was switched off or had expired
  'too_many_views', // over 200 in the session
  'too_many_events', // over 1,000 in the session
  'too_many_parts', // over 50 in the view
  'hosted_lead', // a hosted page's lead is written with the lead itself
] as const
export type DropReason = (typeof DROP_REASONS)[number]
