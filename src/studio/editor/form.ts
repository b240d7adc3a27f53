import type { Pages } from '../../contract/shapes.ts'
import { t } from '../texts.ts'
import { isAddress, wholeAddress } from './address.ts'

/** The pages as they are typed: an address may be half written, and every field exists. */
export interface EditorForm extends Omit<Pages, 'case_studies' | 'contact'> {
  case_studies: Array<Omit<Pages['case_studies'][number], 'url'> & { url: string }>
  contact: Omit<Pages['contact'], 'cta'> & { cta: { label: string; url: string } }
}

export const RESULTS = 3

export function toForm(pages: Pages): EditorForm {
  const empty = { figure: '', text: '' }
  return {
    ...pages,
    summary: {
      ...pages.summary,
      results: Array.from({ length: RESULTS }, (_, index) => pages.summary.results[index] ?? empty),
    },
    case_studies: pages.case_studies.map(one => ({ ...one, url: one.url ?? '' })),
    contact: { ...pages.contact, cta: pages.contact.cta ?? { label: '', url: '' } },
  }
}

/**
 * What can be saved of it. An address that is not one yet is left out and named, so that it cannot hold up the text.
 * @returns the pages, and a sentence for each field that is not saved, by the field's name
 */
export function toPages(form: EditorForm): { pages: Pages; issues: Record<string, string> } {
  const issues: Record<string, string> = {}
  const address = (text: string, field: string): string | null => {
    const url = wholeAddress(text)
    if (url === '') return null
    if (isAddress(url)) return url
    issues[field] = t('address_form')
    return null
  }
  const ctaUrl = address(form.contact.cta.url, 'cta_url')
  const ctaLabel = form.contact.cta.label.trim()
  if (ctaUrl && !ctaLabel) issues.cta_label = t('cta_needs_words')
  if (ctaLabel && !ctaUrl && !issues.cta_url) issues.cta_url = t('cta_needs_address')
  return {
    issues,
    pages: {
      ...form,
      summary: {
        ...form.summary,
        results: form.summary.results.filter(one => one.figure.trim() !== '' || one.text.trim() !== ''),
      },
      case_studies: form.case_studies.map(one => ({ ...one, url: address(one.url, `url_${one.id}`) })),
      contact: {
        ...form.contact,
        cta: ctaUrl && ctaLabel ? { label: ctaLabel, url: ctaUrl } : null,
      },
    },
  }
}

/** A new case study; its id is its anchor and stays through every edit. */
export function newStudy(): EditorForm['case_studies'][number] {
  const bytes = crypto.getRandomValues(new Uint8Array(4))
  const id = `study-${[...bytes].map(byte => byte.toString(36).padStart(2, '0')).join('')}`
  return { id, title: '', body: '', url: '', url_label: '' }
}
