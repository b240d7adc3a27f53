import type {
  CampaignItem,
  Figures,
  Lead,
  Link,
  Live,
  Pages,
  Project,
  Version,
} from '../../../src/contract/shapes.ts'

import { writtenPages } from '../../../src/contract/written.ts'

/** A studio of five weeks in November 2026, for pictures and for tests of screens. Times are of Berlin (+01:00). */

/** The moment at which it is looked at. */
export const NOW = '2026-11-24T14:31:00+01:00'

export const uuid = (kind: number, n: number) =>
  `0${kind}000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const projects: Project[] = ['Job search 2026', 'Freelance'].map((name, index) => ({
  id: uuid(1, index + 1),
  name,
  time_zone: 'Europe/Berlin',
  allowed_origins: index === 0 ? [] : ['https://mara-ilves.eu'],
  retention_days: 760,
  lead_retention_days: 760,
  created_at: '2026-10-01T09:00:00+01:00',
}))

export const pages: Pages = {
  look: { accent: '#1f4fa3', type: 'serif' },
  summary: {
    name: 'Mara Ilves',
    for_whom: 'Acme, checkout team',
    sentence: 'I make checkouts people finish, and leave teams with the parts to keep them that way.',
    results: [
      { figure: '−31 %', text: 'abandoned carts at Bolt & Barrow' },
      { figure: '14', text: 'teams on one design system, up from 3' },
      { figure: '9 min', text: 'to onboard a nurse, down from 40' },
    ],
    body: 'You are rebuilding checkout for eleven countries at once. I did that for six, with two engineers and no freeze, and wrote down what we would do differently.\n\nThe first case study is the closest to your problem.',
  },
  case_studies: [
    {
      id: 'bolt',
      title: 'Bolt & Barrow: a checkout people finish',
      body: '31 % fewer abandoned carts in four months.',
      url: 'https://figma.com/proto/bolt',
      url_label: 'See the prototype',
    },
    {
      id: 'system',
      title: 'One design system for 14 teams',
      body: 'Parts that teams take because they are faster.',
      url: null,
      url_label: '',
    },
    {
      id: 'nurses',
      title: 'Onboarding for night-shift nurses',
      body: 'From 40 minutes to 9, on a phone, in the dark.',
      url: null,
      url_label: '',
    },
  ],
  contact: {
    heading: 'Let us talk',
    body: 'I can start in March.',
    cta: { label: 'Book 20 minutes', url: 'https://cal.example/mara' },
    form: true,
  },
}

/** What readers still see: two fields were changed since. */
export const publishedPages: Pages = {
  ...pages,
  summary: { ...pages.summary, for_whom: 'Acme', sentence: 'I make checkouts people finish.' },
}

const draftPages: Pages = {
  ...pages,
  contact: { heading: '', body: '', cta: null, form: true },
}

function figures(actual: number, engaged: number, fresh: number, time: number, last: string | null): Figures {
  return {
    actual_sessions: actual,
    engaged_sessions: engaged,
    new_sessions: fresh,
    engagement_rate: actual === 0 ? null : engaged / actual,
    total_time_ms: time,
    last_read_at: last,
  }
}

/** Counts at the ends of a month in which most days had none. */
const days = (counts: Record<number, number>) => Array.from({ length: 30 }, (_, index) => counts[index] ?? 0)

interface Sample {
  title: string
  project: number
  published: string | null
  links: number
  figures: Figures
  spark: number[]
  lastLink: string | null
}

const samples: Sample[] = [
  {
    title: 'Acme, senior product designer',
    project: 1,
    published: '2026-11-05T10:12:00+01:00',
    links: 6,
    figures: figures(9, 4, 6, 1_492_000, '2026-11-24T14:31:00+01:00'),
    spark: days({ 14: 1, 15: 1, 16: 1, 22: 3, 23: 2, 29: 1 }),
    lastLink: 'Acme, recruiter',
  },
  {
    title: 'Northwind, checkout redesign',
    project: 2,
    published: '2026-10-21T16:20:00+02:00',
    links: 3,
    figures: figures(23, 14, 9, 4_320_000, '2026-11-20T17:48:00+01:00'),
    spark: days({
      0: 1,
      2: 2,
      3: 1,
      6: 1,
      7: 3,
      8: 1,
      11: 2,
      14: 1,
      15: 4,
      16: 2,
      17: 1,
      21: 1,
      22: 1,
      25: 2,
    }),
    lastLink: 'Northwind, head of product',
  },
  {
    title: 'Helio Energy, staff designer',
    project: 1,
    published: '2026-11-09T11:00:00+01:00',
    links: 2,
    figures: figures(3, 0, 2, 161_000, '2026-11-17T08:15:00+01:00'),
    spark: days({ 19: 2, 22: 1 }),
    lastLink: 'Helio, talent team',
  },
  {
    title: 'Lumen Health, design lead',
    project: 1,
    published: '2026-11-24T14:29:00+01:00',
    links: 1,
    figures: figures(0, 0, 0, 0, null),
    spark: days({}),
    lastLink: null,
  },
  {
    title: 'Kestrel Bank, design audit',
    project: 2,
    published: '2026-10-12T09:00:00+02:00',
    links: 2,
    figures: figures(12, 7, 3, 2_289_000, '2026-11-04T09:30:00+01:00'),
    spark: days({ 0: 2, 1: 1, 3: 3, 4: 1, 5: 1, 6: 2, 8: 1, 9: 1 }),
    lastLink: 'Kestrel, procurement',
  },
  {
    title: 'Open application 2027',
    project: 1,
    published: null,
    links: 1,
    figures: figures(0, 0, 0, 0, null),
    spark: days({}),
    lastLink: null,
  },
]

export const ACME = uuid(2, 1)
export const LUMEN = uuid(2, 4)
export const DRAFT = uuid(2, 6)

export const campaigns: CampaignItem[] = samples.map((one, index) => ({
  id: uuid(2, index + 1),
  project_id: uuid(1, one.project),
  title: one.title,
  language: 'en',
  indexable: false,
  gone_text: '',
  draft_version: 7,
  checklist_hidden: false,
  sample: false,
  published_at: one.published,
  archived_at: null,
  changed_since_publish: index === 0,
  figures: one.figures,
  spark: one.spark,
  links: one.links,
  last_read_link: one.lastLink,
  ever_opened: one.lastLink !== null,
  written: one.published === null ? writtenPages(draftPages) : null,
}))

export const draftOf = (id: string): Pages => (id === DRAFT ? draftPages : pages)

/** What the pages were: the draft of a minute ago, what was published, and a draft before that. */
export const versions: Version[] = [
  { kind: 'draft' as const, at: '2026-11-24T14:30:00+01:00', pages },
  { kind: 'publication' as const, at: '2026-11-09T10:00:00+01:00', pages: publishedPages },
  {
    kind: 'draft' as const,
    at: '2026-11-08T21:12:00+01:00',
    pages: {
      ...publishedPages,
      summary: { ...publishedPages.summary, sentence: 'I make checkouts better.' },
      case_studies: pages.case_studies.slice(0, 2),
    },
  },
].map((one, index) => ({ ...one, id: uuid(7, index + 1) }))

const labels = [
  'Acme, hiring manager',
  'Acme, design lead',
  'Acme, recruiter',
  '',
  'Acme, founder',
  'Acme, people team',
]

function link(id: string, slug: string, label: string): Link {
  return {
    id,
    slug,
    url: `https://pitch.mara-ilves.eu/p/${slug}`,
    label,
    note: '',
    off_at: null,
    expires_at: null,
    muted: false,
    created_at: '2026-11-05T10:12:00+01:00',
    shows_title: false,
    old_addresses: [],
  }
}

export const acmeLinks: Link[] = labels.map((label, index) =>
  link(uuid(3, index + 1), `acme-${'k7f3qx9m2tbd'.slice(index)}${index}`, label),
)

export function linksOf(campaign: string): Link[] {
  if (campaign === ACME) return acmeLinks
  return [link(uuid(3, 20), campaign === LUMEN ? 'lumen-k7f3qx9m2t' : 'open-4mk2xq8w7d', '')]
}

export const leads: Lead[] = [
  {
    id: uuid(4, 1),
    link_id: uuid(3, 2),
    link_label: 'Acme, design lead',
    session_id: uuid(5, 3),
    name: 'Jonna Berg',
    email: 'jonna.berg@acme.example',
    message:
      'Your checkout case is close to what we are about to do. Could you walk two of us through it next week? Thursday after lunch would be perfect.',
    status: 'new',
    created_at: '2026-11-18T16:49:00+01:00',
  },
]

export const live: Live = {
  items: [
    {
      campaign: { id: ACME, title: 'Acme, senior product designer' },
      link: { id: uuid(3, 3), label: 'Acme, recruiter', slug: acmeLinks[2]!.slug },
      session_id: uuid(5, 1),
      page: 'case_studies',
      active_ms: 72_000,
      last_event: 'forward_navigation',
      since: '2026-11-24T14:29:40+01:00',
    },
  ],
  heard_at: '2026-11-24T14:30:50+01:00',
  heard: [],
  as_of: NOW,
}
