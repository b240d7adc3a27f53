import type { PagesHtml } from '../contract/published.ts'
import type { Pages } from '../contract/shapes.ts'
import type { Page } from '../contract/words.ts'

/** What a page is rendered from, and where it stands: under a link, or as a preview in the studio. */
export interface Setting {
  pages: Pages
  html: PagesHtml
  /** the campaign's title, where the summary names nobody */
  title: string
  language: string
  paths: Record<Page | 'privacy' | 'opt_out', string>
  /** the address without its scheme, printed under a paper copy */
  address: string
  preview: boolean
  /** the reader asked not to be counted */
  out: boolean
  /** attributes of the tracker's script; null where nothing is sent */
  script: Record<string, string> | null
}

/** Paths of the pages under a link. */
export function pathsOf(slug: string): Setting['paths'] {
  const summary = `/p/${slug}`
  return {
    summary,
    case_studies: `${summary}/case-studies`,
    contact: `${summary}/contact`,
    privacy: `${summary}/privacy`,
    opt_out: `${summary}/opt-out`,
  }
}

/** Who pitches, as the pages call them. */
export function nameOf({ pages, title }: Pick<Setting, 'pages' | 'title'>): string {
  return pages.summary.name.trim() || title
}
