import type { Figures, Reconcile, ReportItem } from '../../../src/contract/shapes.ts'
import { acmeLinks, campaigns } from './campaigns.ts'

/** The reports of the Acme campaign over all time. */

const byDay: Record<string, [fresh: number, actual: number, engaged: number, seconds: number]> = {
  '05': [2, 0, 0, 9],
  '09': [0, 1, 0, 90],
  '10': [0, 1, 0, 121],
  '11': [1, 1, 0, 75],
  '12': [1, 0, 0, 6],
  '17': [0, 3, 2, 741],
  '18': [1, 2, 1, 374],
  '23': [1, 0, 0, 4],
  '24': [0, 1, 1, 72],
}

export const sessionsByDay: Array<ReportItem<'sessions_by_day'>> = Array.from({ length: 20 }, (_, index) => {
  const day = String(index + 5).padStart(2, '0')
  const [fresh, actual, engaged, seconds] = byDay[day] ?? [0, 0, 0, 0]
  return { day: `2026-11-${day}`, new: fresh, actual, engaged, total_time_ms: seconds * 1000 }
})

const linkLine = (
  link: number,
  [actual, engaged, fresh, seconds]: [number, number, number, number],
  last: string | null,
): ReportItem<'links'> => ({
  link_id: acmeLinks[link]!.id,
  label: acmeLinks[link]!.label,
  slug: acmeLinks[link]!.slug,
  actual_sessions: actual,
  engaged_sessions: engaged,
  new_sessions: fresh,
  engagement_rate: actual ? engaged / actual : null,
  total_time_ms: seconds * 1000,
  last_read_at: last && new Date(`2026-11-${last}:00+01:00`).toISOString(),
})

export const linkReport: Array<ReportItem<'links'>> = [
  linkLine(0, [3, 1, 1, 549], '17T18:02'),
  linkLine(1, [2, 1, 1, 458], '18T16:44'),
  linkLine(2, [3, 2, 2, 432], '24T14:31'),
  linkLine(3, [1, 0, 1, 50], '18T11:37'),
  linkLine(4, [0, 0, 1, 3], '11T22:15'),
  linkLine(5, [0, 0, 0, 0], null),
]

const page = (name: string, seconds: number, sessions: number): ReportItem<'pages'> => ({
  page: name,
  sessions,
  views: sessions,
  active_ms: seconds * 1000,
})
const study = (id: string, title: string, seconds: number, sessions: number, clicks = 0) => ({
  id,
  title,
  sessions,
  active_ms: seconds * 1000,
  clicks,
})
const device = (kind: string, browser: string, os: string, sessions: number, actual: number) => ({
  device: kind,
  browser,
  os,
  sessions,
  actual,
})
const from = (host: string | null, sessions: number, actual: number): ReportItem<'referrers'> => ({
  referrer_host: host,
  utm_source: null,
  utm_medium: null,
  utm_campaign: null,
  sessions,
  actual,
})

export const reports: Record<string, unknown[]> = {
  sessions_by_day: sessionsByDay,
  links: linkReport,
  pages: [page('summary', 492, 13), page('case_studies', 813, 5), page('contact', 187, 3)],
  case_studies: [
    study('bolt', 'Bolt & Barrow: a checkout people finish', 380, 5, 1),
    study('system', 'One design system for 14 teams', 276, 4),
    study('nurses', 'Onboarding for night-shift nurses', 112, 3),
  ],
  funnel: [
    { step: 'opened', sessions: 15 },
    { step: 'actual', sessions: 9 },
    { step: 'case_studies', sessions: 5 },
    { step: 'contact', sessions: 3 },
    { step: 'acted', sessions: 4 },
    { step: 'lead', sessions: 1 },
  ],
  devices: [
    device('desktop', 'Chrome', 'macOS', 6, 5),
    device('desktop', 'Edge', 'Windows', 4, 3),
    device('phone', 'Safari', 'iOS', 4, 1),
    device('phone', 'Chrome', 'Android', 1, 0),
  ],
  referrers: [
    from(null, 7, 3),
    from('acme.greenhouse.io', 3, 3),
    from('linkedin.com', 3, 2),
    from('mail.google.com', 2, 1),
  ],
  events: [],
}

export const reconcile: Reconcile = {
  total: 23,
  actual: 9,
  new: 6,
  bot: 5,
  unscripted: 2,
  owner: 1,
  private: 0,
  reasons: [
    { reason: 'person', sessions: 15, opens: 2 },
    { reason: 'preview', sessions: 1, opens: 4 },
    { reason: 'owner_login', sessions: 1, opens: 0 },
  ],
}

export const figures: Figures = campaigns[0]!.figures
