import { hashKey } from '@tanstack/react-query'
import type { Pages } from '../../contract/shapes.ts'
import type { Page } from '../../contract/words.ts'
import { t } from '../texts.ts'

type Study = Pages['case_studies'][number]

/** One field of the three pages: what it is called, what stands in it, and how it is carried from one text to another. */
interface Field {
  page: Page
  name: string
  label: () => string
  value: (pages: Pages) => unknown
  words: (pages: Pages) => string
  /** `into` with this field as it is in `from` */
  copy: (from: Pages, into: Pages) => Pages
}

export interface Difference {
  /** names the field: `summary.sentence`, `case_studies.bolt.title` */
  name: string
  page: Page
  label: string
  /** what stands in the field, as a person reads it; empty where there is nothing */
  ours: string
  theirs: string
}

export type Side = 'ours' | 'theirs'

function field<Section extends 'look' | 'summary' | 'contact', Key extends keyof Pages[Section] & string>(
  page: Page,
  section: Section,
  key: Key,
  label: () => string,
  words: (value: Pages[Section][Key]) => string = String,
): Field {
  return {
    page,
    name: `${section}.${key}`,
    label,
    value: pages => pages[section][key],
    words: pages => words(pages[section][key]),
    copy: (from, into) => ({ ...into, [section]: { ...into[section], [key]: from[section][key] } }),
  }
}

const FIELDS: Field[] = [
  field('summary', 'summary', 'name', () => t('your_name')),
  field('summary', 'summary', 'for_whom', () => t('for_whom')),
  field('summary', 'summary', 'sentence', () => t('one_sentence')),
  field(
    'summary',
    'summary',
    'results',
    () => t('three_results'),
    results => results.map(one => `${one.figure} ${one.text}`.trim()).join('\n'),
  ),
  field('summary', 'summary', 'body', () => t('text')),
  field('summary', 'look', 'accent', () => t('accent')),
  field(
    'summary',
    'look',
    'type',
    () => t('typeface'),
    type => (type === 'serif' ? t('serif') : t('sans')),
  ),
]

const CONTACT_FIELDS: Field[] = [
  field('contact', 'contact', 'heading', () => t('heading')),
  field('contact', 'contact', 'body', () => t('text')),
  field(
    'contact',
    'contact',
    'cta',
    () => t('cta_words'),
    cta => (cta ? `${cta.label}\n${cta.url}` : ''),
  ),
  field(
    'contact',
    'contact',
    'form',
    () => t('form'),
    form => (form ? t('on') : t('off')),
  ),
]

const STUDY_FIELDS: Array<{ key: Exclude<keyof Study, 'id'>; label: () => string }> = [
  { key: 'title', label: () => t('title') },
  { key: 'body', label: () => t('text') },
  { key: 'url', label: () => t('outside_address') },
  { key: 'url_label', label: () => t('its_words') },
]

const studyOf = (pages: Pages, id: string) => pages.case_studies.find(one => one.id === id)
const idsOf = (pages: Pages) => pages.case_studies.map(one => one.id)

/** A case study that both texts have: its fields one by one. */
function studyFields(id: string, study: string): Field[] {
  return STUDY_FIELDS.map(({ key, label }) => ({
    page: 'case_studies',
    name: `case_studies.${id}.${key}`,
    label: () => t('field_of_study', { study, field: label() }),
    value: pages => studyOf(pages, id)?.[key],
    words: pages => studyOf(pages, id)?.[key] ?? '',
    copy: (from, into) => ({
      ...into,
      case_studies: into.case_studies.map(one =>
        one.id === id ? { ...one, [key]: studyOf(from, id)?.[key] } : one,
      ),
    }),
  }))
}

/** A case study that only one of the texts has. */
function wholeStudy(id: string, study: string): Field {
  return {
    page: 'case_studies',
    name: `case_studies.${id}`,
    label: () => study,
    value: pages => studyOf(pages, id),
    words: pages => {
      const one = studyOf(pages, id)
      return one
        ? [one.title || t('untitled'), one.body, one.url_label, one.url].filter(Boolean).join('\n')
        : ''
    },
    copy: (from, into) => {
      const without = into.case_studies.filter(one => one.id !== id)
      const study = studyOf(from, id)
      if (!study) return { ...into, case_studies: without }
      const ids = idsOf(from)
      const before = ids.slice(0, ids.indexOf(id)).filter(one => studyOf(into, one))
      const place = without.findIndex(one => one.id === before.at(-1)) + 1
      return { ...into, case_studies: without.toSpliced(place, 0, study) }
    },
  }
}

/** The order of the case studies that both texts have. */
function order(shared: string[]): Field {
  return {
    page: 'case_studies',
    name: 'case_studies.order',
    label: () => t('order_of_studies'),
    value: pages => idsOf(pages).filter(id => shared.includes(id)),
    words: pages =>
      pages.case_studies.map((one, index) => `${index + 1}. ${one.title || t('untitled')}`).join('\n'),
    copy: (from, into) => {
      const ids = idsOf(from)
      const missing = into.case_studies.filter(one => !ids.includes(one.id))
      const sorted = into.case_studies
        .filter(one => ids.includes(one.id))
        .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      return { ...into, case_studies: [...sorted, ...missing] }
    },
  }
}

const same = (a: unknown, b: unknown) => hashKey([a]) === hashKey([b])

function differing(ours: Pages, theirs: Pages): Field[] {
  const shared = idsOf(ours).filter(id => studyOf(theirs, id))
  const ids = [...new Set([...idsOf(theirs), ...idsOf(ours)])]
  const studies = ids.flatMap((id, index) => {
    const title = studyOf(ours, id)?.title || studyOf(theirs, id)?.title
    const name = title || t('study_number', { place: index + 1 })
    return shared.includes(id) ? studyFields(id, name) : [wholeStudy(id, name)]
  })
  const fields = [...FIELDS, ...studies, order(shared), ...CONTACT_FIELDS]
  return fields.filter(one => !same(one.value(ours), one.value(theirs)))
}

/** The fields in which two texts of a campaign differ, in the order in which they are written. */
export function differences(ours: Pages, theirs: Pages): Difference[] {
  return differing(ours, theirs).map(({ page, name, label, words }) => ({
    name,
    page,
    label: label(),
    ours: words(ours),
    theirs: words(theirs),
  }))
}

/** One text of two: each field in which they differ from the side that was chosen for it. */
export function merged(ours: Pages, theirs: Pages, sideOf: (name: string) => Side): Pages {
  return differing(ours, theirs)
    .filter(one => sideOf(one.name) === 'theirs')
    .reduce((pages, one) => one.copy(theirs, pages), ours)
}
