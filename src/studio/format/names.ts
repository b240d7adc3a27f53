import type { Page } from '../../contract/words.ts'
import { language, t } from '../texts.ts'

/** A link by its label. */
export function linkName(link: { label: string }): string {
  return link.label || t('unlabelled')
}

const PAGE_NAMES: Record<Page, () => string> = {
  summary: () => t('page_summary'),
  case_studies: () => t('page_case_studies'),
  contact: () => t('page_contact'),
}

/** One of the three pages by its name; an embedding site's own page as it is called there. */
export function pageName(page: string): string {
  return page in PAGE_NAMES ? PAGE_NAMES[page as Page]() : page
}

const IN_WORDS: Record<Page, () => string> = {
  summary: () => t('the_summary'),
  case_studies: () => t('the_case_studies'),
  contact: () => t('the_contact_page'),
}

/** The same page inside a sentence: `the case studies`. */
export function pageInWords(page: string): string {
  return page in IN_WORDS ? IN_WORDS[page as Page]() : page
}

/** `the case studies and the contact page`. */
export function listOfPages(pages: Page[]): string {
  return new Intl.ListFormat(language).format(pages.map(pageInWords))
}

/** `MI` for Mara Ilves. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    word => [...(word ?? '')][0] ?? '',
  )
  return letters.join('').toUpperCase() || '?'
}

/** The part of a title before its colon or dash: what people call it. */
export function shortTitle(title: string): string {
  return title.split(/:|\s[–—-]\s/)[0]!.trim() || title
}
