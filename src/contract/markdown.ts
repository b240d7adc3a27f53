import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
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

/** Markdown to HTML that cannot run script: micromark drops raw HTML and dangerous protocols by construction. */
export function renderMarkdown(text: string): string {
  return micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

/** Renders every text of the three pages. */
export function renderPages(pages: Pages): PagesHtml {
  return {
    summary: renderMarkdown(pages.summary.body),
    case_studies: Object.fromEntries(pages.case_studies.map(one => [one.id, renderMarkdown(one.body)])),
    contact: renderMarkdown(pages.contact.body),
  }
}
