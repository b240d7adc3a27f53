import { describe, expect, it } from 'vitest'
import { Pages } from '../../src/contract/shapes.ts'
import { written, writtenPages } from '../../src/contract/written.ts'
import { changes } from '../../src/studio/editor/changes.ts'
import { newStudy, toForm, toPages } from '../../src/studio/editor/form.ts'
import { writtenWords } from '../../src/studio/editor/written.ts'
import { DRAFT, draftOf, pages, publishedPages } from './sample/campaigns.ts'

describe('the form of the editor', () => {
  it('gives back the pages it was made from', () => {
    expect(toPages(toForm(pages))).toEqual({ pages, issues: {} })
  })

  it('saves the text beside an address that is not one yet, and says so', () => {
    const form = toForm(pages)
    form.case_studies[0]!.url = 'the prototype'
    form.case_studies[0]!.title = 'Another title'
    const { pages: saved, issues } = toPages(form)
    expect(Pages.safeParse(saved).success).toBe(true)
    expect(saved.case_studies[0]).toMatchObject({ title: 'Another title', url: null })
    expect(Object.keys(issues)).toEqual(['url_bolt'])
  })

  it.each([
    ['example.com', 'https://example.com'],
    [' www.figma.com/proto?node=1#a ', 'https://www.figma.com/proto?node=1#a'],
    ['example.com:8080/a', 'https://example.com:8080/a'],
    ['münchen.example', 'https://münchen.example'],
    ['mara@ilves.example', 'mailto:mara@ilves.example'],
    ['http://example.com', 'http://example.com'],
    ['tel:+49301234', 'tel:+49301234'],
  ])('takes “%s” for the address %s', (typed, meant) => {
    const form = toForm(pages)
    form.case_studies[0]!.url = typed
    expect(toPages(form)).toMatchObject({ issues: {}, pages: { case_studies: [{ url: meant }, {}, {}] } })
    expect(Pages.safeParse(toPages(form).pages).success).toBe(true)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'example', '1.5', 'two words.com', 'a.b:javascript'])(
    'takes “%s” for no address',
    typed => {
      const form = toForm(pages)
      form.case_studies[0]!.url = typed
      expect(toPages(form)).toMatchObject({ pages: { case_studies: [{ url: null }, {}, {}] } })
    },
  )

  it('keeps no button without words or address', () => {
    const form = toForm(pages)
    form.contact.cta = { label: 'Book', url: '' }
    expect(toPages(form)).toMatchObject({
      pages: { contact: { cta: null } },
      issues: { cta_url: expect.any(String) },
    })
    form.contact.cta = { label: '', url: 'https://cal.example' }
    expect(toPages(form)).toMatchObject({
      pages: { contact: { cta: null } },
      issues: { cta_label: expect.any(String) },
    })
  })

  it('refuses an address that would run script', () => {
    const form = toForm(pages)
    form.contact.cta = { label: 'Book', url: 'javascript:alert(1)' }
    expect(toPages(form).pages.contact.cta).toBeNull()
  })

  it('makes case studies that the server takes', () => {
    const form = toForm(pages)
    form.case_studies.push(...Array.from({ length: 17 }, newStudy))
    expect(Pages.safeParse(toPages(form).pages).error).toBeUndefined()
  })
})

describe('changes since publishing', () => {
  it('are counted by page', () => {
    expect(changes(pages, publishedPages)).toEqual({ summary: 2, case_studies: 0, contact: 0, all: 2 })
    expect(changes(pages, pages).all).toBe(0)
    expect(changes(pages, null).all).toBe(0)
  })
})

describe('how far a draft is', () => {
  it('is said for each page', () => {
    const draft = draftOf(DRAFT)
    expect([written(draft, 'summary'), written(draft, 'case_studies'), written(draft, 'contact')]).toEqual([
      'complete',
      'complete',
      'empty',
    ])
    expect(writtenWords(writtenPages(draft))).toBe(
      'Two of three pages are written; nothing stands on the contact page yet.',
    )
    expect(writtenWords(writtenPages(pages))).toBe('All three pages are written.')
  })
})
