/**
 * Every screen of the studio by name, and the pattern of its address below /studio; the first that fits is shown.
 * `app.tsx` must show each of them, and links can lead to nothing else.
 */
export const ROUTES = {
  campaigns: '/',
  new_campaign: '/campaigns/new',
  pages: '/campaigns/:id/pages',
  history: '/campaigns/:id/history',
  counting: '/campaigns/:id/counting',
  session: '/campaigns/:id/sessions/:session',
  sessions: '/campaigns/:id/sessions',
  links: '/campaigns/:id/links',
  leads: '/campaigns/:id/leads',
  performance: '/campaigns/:id',
  all_leads: '/leads',
  settings: '/settings',
} as const

export type ScreenName = keyof typeof ROUTES

/** A pattern with something in the place of each `:name`. */
type Filled<Pattern extends string> = Pattern extends `${infer Before}/:${string}/${infer After}`
  ? `${Before}/${string}/${Filled<After>}`
  : Pattern extends `${infer Before}/:${string}`
    ? `${Before}/${string}`
    : Pattern

type Path = Filled<(typeof ROUTES)[ScreenName]>

/** The address of a screen, below /studio. */
export type Address = Path | `${Path}?${string}`
