import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pages } from '../../src/contract/shapes.ts'
import { differences, merged } from '../../src/studio/editor/differences.ts'
import { samplePages } from '../servers/owner.ts'

const ours = samplePages()

describe('the differences of two texts', () => {
  it('are none between equal texts, whatever the order of their keys', () => {
    const turned = { ...ours, contact: Object.fromEntries(Object.entries(ours.contact).reverse()) } as Pages
    expect(differences(ours, turned)).toEqual([])
  })

  it('name the field and give both sides in words', () => {
    const theirs = {
      ...ours,
      summary: { ...ours.summary, sentence: 'I make checkouts calm.', results: [] },
      contact: { ...ours.contact, form: false },
    }
    expect(differences(ours, theirs)).toEqual([
      {
        name: 'summary.sentence',
        page: 'summary',
        label: 'One sentence',
        ours: 'I make checkouts people finish.',
        theirs: 'I make checkouts calm.',
      },
      {
        name: 'summary.results',
        page: 'summary',
        label: 'Three results',
        ours: '−31 % abandoned carts',
        theirs: '',
      },
      { name: 'contact.form', page: 'contact', label: 'Form', ours: 'On', theirs: 'Off' },
    ])
  })

  it('compare case studies by their ids: fields of those in both, whole ones that are in one, and the order', () => {
    const [bolt, system] = ours.case_studies
    const added = { id: 'new', title: 'A third', body: 'Its text.', url: null, url_label: '' }
    const theirs = { ...ours, case_studies: [system!, added, { ...bolt!, title: 'Bolt' }] }
    expect(differences(ours, theirs).map(one => [one.label, one.ours, one.theirs])).toEqual([
      ['A third', '', 'A third\nIts text.'],
      ['A checkout people finish: Title', 'A checkout people finish', 'Bolt'],
      [
        'Order of the case studies',
        '1. A checkout people finish\n2. One design system',
        '1. One design system\n2. A third\n3. Bolt',
      ],
    ])
  })
})

const word = fc.string({ maxLength: 4 })
const anyPages: fc.Arbitrary<Pages> = fc.record({
  look: fc.record({ accent: fc.constantFrom('#111111', '#222222'), type: fc.constantFrom('serif', 'sans') }),
  summary: fc.record({
    name: word,
    for_whom: word,
    sentence: word,
    results: fc.array(fc.record({ figure: word, text: word }), { maxLength: 3 }),
    body: word,
  }),
  case_studies: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      title: word,
      body: word,
      url: fc.constantFrom(null, 'https://a.example'),
      url_label: word,
    }),
    { selector: one => one.id },
  ),
  contact: fc.record({
    heading: word,
    body: word,
    cta: fc.constantFrom(null, { label: 'a', url: 'https://a.example' }),
    form: fc.boolean(),
  }),
})

describe('one text made of two', () => {
  it('is theirs where every field is taken from them, and ours where none is', () => {
    fc.assert(
      fc.property(anyPages, anyPages, (ours, theirs) => {
        expect(merged(ours, theirs, () => 'theirs')).toEqual(theirs)
        expect(merged(ours, theirs, () => 'ours')).toEqual(ours)
      }),
    )
  })

  it('has each field from the side that was chosen for it', () => {
    const theirs = {
      ...ours,
      summary: { ...ours.summary, sentence: 'Theirs.', body: 'Theirs too.' },
      case_studies: ours.case_studies.slice(1),
    }
    const one = merged(ours, theirs, name => (name === 'summary.body' ? 'ours' : 'theirs'))
    expect(one.summary).toEqual({ ...theirs.summary, body: ours.summary.body })
    expect(one.case_studies).toEqual(theirs.case_studies)
  })
})
