import type { CampaignItem, SessionStory } from '../../../src/contract/shapes.ts'
import { linkName } from '../../../src/studio/format/names.ts'
import { ROUTES, type ScreenName } from '../../../src/studio/routes.ts'
import { t } from '../../../src/studio/texts.ts'
import type { Owner } from '../../servers/owner.ts'

/** What the walk expects of a screen. */
interface Expected {
  /** links with exactly these words lead here */
  named: string
  /** the names that its query may have; any other leads to a screen that does not know it */
  query: string[]
  heading: (owner: Owner, params: Record<string, string>) => string | Promise<string>
}

const title = async (owner: Owner, { id }: Record<string, string>) =>
  (await owner.api<CampaignItem>('GET', `/api/campaigns/${id}`)).title

const RANGE = ['range', 'from', 'to']
const LIST = ['q', 'sort', 'order', 'rows']

/** A screen that joins the router joins the walk with a line here. */
export const SCREENS: Record<ScreenName, Expected> = {
  campaigns: {
    named: t('campaigns'),
    query: [...RANGE, ...LIST, 'project'],
    heading: () => t('campaigns'),
  },
  new_campaign: { named: t('new_campaign'), query: [], heading: () => t('new_campaign') },
  pages: { named: t('pages'), query: ['page'], heading: title },
  history: { named: t('history'), query: ['version', 'rows'], heading: title },
  counting: { named: t('how_counted'), query: [], heading: () => t('how_counted') },
  session: {
    named: t('watch'),
    query: [],
    heading: async (owner, { id, session }) =>
      linkName((await owner.api<SessionStory>('GET', `/api/campaigns/${id}/sessions/${session}`)).link),
  },
  sessions: {
    named: t('sessions'),
    query: ['show', 'link', ...RANGE, ...LIST, ...LIST.map(name => `opens_${name}`)],
    heading: title,
  },
  links: { named: t('links'), query: LIST, heading: title },
  leads: { named: t('leads'), query: LIST, heading: title },
  performance: { named: t('performance'), query: [...RANGE, ...LIST, 'link'], heading: title },
  all_leads: { named: t('leads'), query: [], heading: () => t('leads') },
  settings: { named: t('settings'), query: [], heading: () => t('settings') },
}

/** A place in the studio: which screen, of what, with which query. */
export interface Place {
  screen: ScreenName
  params: Record<string, string>
  query: URLSearchParams
}

const PATTERNS = Object.entries(ROUTES).map(([screen, pattern]) => ({
  screen: screen as ScreenName,
  pattern: new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}))

/** Where an address leads, by the router's own list; null where it leads to none of its screens. */
export function placeAt(address: string): Place | null {
  const { pathname, searchParams } = new URL(address)
  const path = pathname.replace(/^\/studio(?=\/|$)/, '') || '/'
  for (const { screen, pattern } of PATTERNS) {
    const found = pattern.exec(path)
    if (found) return { screen, params: { ...found.groups }, query: searchParams }
  }
  return null
}

/** The kind of a place: ids and days are left out, as rows of a list differ by nothing else. */
export function kindOf({ screen, query }: Place): string {
  const shape = [...query]
    .map(([name, value]) => `${name}=${/^\d{4}-|^[\w-]{36}$/.test(value) ? '…' : value}`)
    .sort()
  return shape.length > 0 ? `${screen}?${shape.join('&')}` : screen
}
