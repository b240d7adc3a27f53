import type { Pages } from './shapes.ts'

/** The rendered Markdown of a campaign: made by `campaigns` when it is published, shown by `pages`. */
export interface PagesHtml {
  summary: string
  /** by case study id */
  case_studies: Record<string, string>
  contact: string
}

/** What `campaigns.published` holds. */
export interface Published {
  pages: Pages
  html: PagesHtml
}
