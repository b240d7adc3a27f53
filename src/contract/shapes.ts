import { z } from 'zod'
import { EMAIL_MAX } from './limits.ts'
import { Name } from './line.ts'
import { EVENT_TYPES, FLAGS, LEAD_STATES, PAGES, REASONS, VERDICTS, VERSION_KINDS, WRITTEN } from './words.ts'

/** The shapes of the studio API. Times are ISO 8601 UTC strings, durations whole milliseconds, rates 0–1 or null. */

const id = z.guid()
const time = z.iso.datetime({ offset: true })
const ms = z.int().min(0)
const count = z.int().min(0)
/** http(s), mailto or tel; anything else could run script in a reader's browser */
export const OutsideUrl = z
  .string()
  .max(2_000)
  .regex(
    /^([Hh][Tt][Tt][Pp][Ss]?:\/\/|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:)\S+$/,
    'Begin the address with https://, http://, mailto: or tel:.',
  )

export const Pages = z.object({
  look: z.object({
    accent: z.string().regex(/^#[0-9a-fA-F]{6}$/, 'Write the accent as #rrggbb.'),
    type: z.enum(['serif', 'sans']),
  }),
  summary: z.object({
    name: z.string().max(200),
    for_whom: z.string().max(200),
    sentence: z.string().max(400),
    results: z.array(z.object({ figure: z.string().max(40), text: z.string().max(200) })).max(3),
    body: z.string().max(20_000),
  }),
  case_studies: z
    .array(
      z.object({
        /** part id and anchor; chosen by the client, stable through edits */
        id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'Use a–z, 0–9 and hyphens.'),
        title: z.string().max(200),
        body: z.string().max(40_000),
        url: OutsideUrl.nullable(),
        url_label: z.string().max(200),
      }),
    )
    .max(20)
    .refine(
      list => new Set(list.map(one => one.id)).size === list.length,
      'Each case study needs its own id.',
    ),
  contact: z.object({
    heading: z.string().max(200),
    body: z.string().max(20_000),
    cta: z.object({ label: z.string().min(1).max(200), url: OutsideUrl }).nullable(),
    form: z.boolean(),
  }),
})
export type Pages = z.infer<typeof Pages>

export const Figures = z.object({
  actual_sessions: count,
  engaged_sessions: count,
  new_sessions: count,
  engagement_rate: z.number().min(0).max(1).nullable(),
  total_time_ms: ms,
  last_read_at: time.nullable(),
})
export type Figures = z.infer<typeof Figures>

/** A name of the time zone database, such as `Europe/Berlin`; offsets are refused, since PostgreSQL reads their sign the other way. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(name => {
    if (!/^[A-Za-z]/.test(name)) return false
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
    } catch {
      return false
    }
  }, 'Use a time zone such as Europe/Berlin.')

export const Project = z.object({
  id,
  name: z.string().min(1).max(200),
  time_zone: TimeZone,
  allowed_origins: z.array(z.string().max(300)).max(50),
  /** days after which visits are deleted, counted from their last report */
  retention_days: z.int().min(1).max(3_650),
  /** days after which messages are deleted */
  lead_retention_days: z.int().min(1).max(3_650),
  created_at: time,
})
export type Project = z.infer<typeof Project>

export const Campaign = z.object({
  id,
  project_id: id,
  title: z.string().min(1).max(200),
  language: z.string().max(35),
  indexable: z.boolean(),
  gone_text: z.string().max(2_000),
  draft: Pages,
  draft_version: z.int(),
  published_at: time.nullable(),
  archived_at: time.nullable(),
  /** the owner put the list of first steps away */
  checklist_hidden: z.boolean(),
  /** made to be looked at: its readers are invented */
  sample: z.boolean(),
  /** the draft differs from what readers see; false while nothing is published */
  changed_since_publish: z.boolean(),
  /** what readers see; null while nothing is published */
  published: Pages.nullable(),
  figures: Figures,
})
export type Campaign = z.infer<typeof Campaign>

/** A campaign in the list: without its texts, with what its row shows. */
export const CampaignItem = Campaign.omit({ draft: true, published: true }).extend({
  /** actual sessions of each of the last 30 days in the project's zone, today last */
  spark: z.array(count),
  links: count,
  /** label of the link that was read last; null where nobody read */
  last_read_link: z.string().nullable(),
  /** a person opened it at any time, whatever the range is */
  ever_opened: z.boolean(),
  /** how far each page of the draft is; null once it was published */
  written: z.record(z.enum(PAGES), z.enum(WRITTEN)).nullable(),
})
export type CampaignItem = z.infer<typeof CampaignItem>

/** What a saved draft answers; its version is the next `If-Match`. */
export const DraftSaved = z.object({ draft_version: z.int(), changed_since_publish: z.boolean() })
export type DraftSaved = z.infer<typeof DraftSaved>

/** A kept draft, the last one of its minute, or a publication. Its id stays while drafts of the minute replace each other. */
export const VersionItem = z.object({
  id,
  kind: z.enum(VERSION_KINDS),
  /** when the draft was saved, or published */
  at: time,
  /** which draft it is; absent where that is unknown, for some pages published before versions were kept */
  draft_version: z.int().optional(),
})
export type VersionItem = z.infer<typeof VersionItem>
/** What the pages were; saved as the draft they are brought back. */
export const Version = VersionItem.extend({ pages: Pages })
export type Version = z.infer<typeof Version>

/** Their session cookies would be `pb_out` and `pb_mine`, which say something else. */
export const RESERVED_SLUGS: readonly string[] = ['out', 'mine']

export const Slug = z
  .string()
  .regex(/^[a-z0-9-]{3,64}$/, 'Use 3 to 64 of a–z, 0–9 and hyphens.')
  .refine(slug => !RESERVED_SLUGS.includes(slug), 'This one is taken by Pitchbeat itself. Choose another.')

export const Link = z.object({
  id,
  slug: Slug,
  url: z.url(),
  label: z.string().max(200),
  note: z.string().max(2_000),
  off_at: time.nullable(),
  expires_at: time.nullable(),
  muted: z.boolean(),
  created_at: time,
  /** the address holds a word of the campaign's title, which its reader can see */
  shows_title: z.boolean(),
  /** replaced ones, oldest first; each leads to this link until it is switched off by its own id */
  old_addresses: z.array(z.object({ id, slug: Slug, url: z.url(), off_at: time.nullable() })),
})
export type Link = z.infer<typeof Link>

/** A link in the list, with what was read through it in the range. */
export const LinkItem = Link.extend({ figures: Figures })
export type LinkItem = z.infer<typeof LinkItem>

export const Lead = z.object({
  id,
  link_id: id,
  link_label: z.string(),
  session_id: id.nullable(),
  name: z.string(),
  email: z.string(),
  message: z.string(),
  status: z.enum(LEAD_STATES),
  created_at: time,
})
export type Lead = z.infer<typeof Lead>

/** A lead in the list, with the campaign that it came through. */
export const LeadItem = Lead.extend({ campaign: z.object({ id, title: z.string(), project_id: id }) })
export type LeadItem = z.infer<typeof LeadItem>

export const SessionItem = z.object({
  id,
  link: z.object({ id, label: z.string(), slug: z.string() }),
  flag: z.enum(FLAGS),
  verdict: z.enum(VERDICTS),
  reason: z.enum(REASONS),
  started_at: time,
  ended_at: time,
  credited_ms: ms,
  claimed_ms: ms,
  /** acts: every event but link_open */
  acts: count,
  device: z.string().nullable(),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  referrer: z.string().nullable(),
  language: z.string().nullable(),
  /** those of the three pages that were read, in reading order */
  pages: z.array(z.enum(PAGES)),
  /** what they did besides going on: a lead if there was one, else the latest link or call to action */
  chief_act: z.object({ type: z.enum(EVENT_TYPES), label: z.string().nullable() }).nullable(),
})
export type SessionItem = z.infer<typeof SessionItem>

export const StoryStep = z.discriminatedUnion('what', [
  z.object({ at: time, what: z.literal('opened') }),
  z.object({
    at: time,
    what: z.literal('view'),
    page: z.string(),
    active_ms: ms,
    scroll: z.int(),
    parts: z.record(z.string(), ms),
  }),
  z.object({
    at: time,
    what: z.literal('event'),
    type: z.string(),
    page: z.string().nullable(),
    label: z.string().nullable(),
    target: z.string().nullable(),
  }),
])
export type StoryStep = z.infer<typeof StoryStep>
export const SessionStory = SessionItem.extend({ story: z.array(StoryStep) })
export type SessionStory = z.infer<typeof SessionStory>

export const OpenItem = z.object({
  id,
  link: z.object({ id, label: z.string(), slug: z.string() }),
  verdict: z.enum(VERDICTS),
  reason: z.enum(REASONS),
  at: time,
  referrer: z.string().nullable(),
  claimed: z.boolean(),
})
export type OpenItem = z.infer<typeof OpenItem>

export const Me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
})
export type Me = z.infer<typeof Me>

export const LiveItem = z.object({
  campaign: z.object({ id, title: z.string() }),
  link: z.object({ id, label: z.string(), slug: z.string() }),
  session_id: id,
  page: z.string(),
  active_ms: ms,
  last_event: z.string().nullable(),
  since: time,
})
export type LiveItem = z.infer<typeof LiveItem>
/**
 * `heard_at`: the last report of any session of the last day; while it stands still, no figure has moved. `heard`: the
 * campaigns that were heard in the last two minutes, the latest 50 of them.
 */
export const Live = z.object({
  items: z.array(LiveItem),
  heard_at: time.nullable(),
  heard: z.array(z.object({ campaign_id: id, at: time })),
  as_of: time,
})
export type Live = z.infer<typeof Live>

/** "This device is mine": opened once on the device, it tells the owner's own visits apart there. */
export const MineCode = z.object({ url: z.url(), expires_at: time })
export type MineCode = z.infer<typeof MineCode>

/** Reports: each `{items: […]}`, persons only; `reconcile` is one object over all verdicts. */
export const REPORTS = {
  sessions_by_day: z.object({
    day: z.iso.date(),
    new: count,
    actual: count,
    engaged: count,
    total_time_ms: ms,
  }),
  links: Figures.extend({ link_id: id, label: z.string(), slug: z.string() }),
  pages: z.object({ page: z.string(), sessions: count, views: count, active_ms: ms }),
  case_studies: z.object({
    id: z.string(),
    title: z.string(),
    sessions: count,
    active_ms: ms,
    clicks: count,
  }),
  funnel: z.object({
    step: z.enum(['opened', 'actual', 'case_studies', 'contact', 'acted', 'lead']),
    sessions: count,
  }),
  devices: z.object({
    device: z.string().nullable(),
    browser: z.string().nullable(),
    os: z.string().nullable(),
    sessions: count,
    actual: count,
  }),
  referrers: z.object({
    referrer_host: z.string().nullable(),
    utm_source: z.string().nullable(),
    utm_medium: z.string().nullable(),
    utm_campaign: z.string().nullable(),
    sessions: count,
    actual: count,
  }),
  events: z.object({
    type: z.string(),
    label: z.string().nullable(),
    target: z.string().nullable(),
    count,
    sessions: count,
  }),
} as const
export type ReportName = keyof typeof REPORTS
export type ReportItem<Name extends ReportName> = z.infer<(typeof REPORTS)[Name]>

export const Reconcile = z.object({
  total: count,
  actual: count,
  new: count,
  bot: count,
  unscripted: count,
  owner: count,
  private: count,
  reasons: z.array(z.object({ reason: z.enum(REASONS), sessions: count, opens: count })),
})
export type Reconcile = z.infer<typeof Reconcile>

export const PageName = z.enum(PAGES)

const account = {
  name: Name,
  email: z.email().max(EMAIL_MAX),
  password: z.string().min(8).max(128),
}

export const Setup = z.object({
  code: z.string().max(100),
  ...account,
  time_zone: TimeZone,
})
export type Setup = z.infer<typeof Setup>
/** What `POST /api/auth/sign-up/email` takes, where SIGN_UP is open. */
export const SignUp = z.object({
  ...account,
  invitation: z.string().max(100),
})
/** `code` is shown once, here. */
export const Invitation = z.object({ code: z.string(), expires_at: time })
export type Invitation = z.infer<typeof Invitation>
export const Invitations = z.object({ open: z.boolean() })
export type Invitations = z.infer<typeof Invitations>
export const SetupState = z.object({ needs_owner: z.boolean() })

export const Token = z.object({
  id,
  name: z.string().min(1).max(200),
  scope: z.enum(['read', 'write']),
  created_at: time,
  last_used_at: time.nullable(),
})
export type Token = z.infer<typeof Token>
/** `token` is shown once, here. */
export const NewToken = Token.extend({ token: z.string() })
export type NewToken = z.infer<typeof NewToken>
