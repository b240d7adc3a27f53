import type { Pages } from '../../src/contract/shapes.ts'

/** Three pages that can be published. */
export function pages(over: Partial<Pages> = {}): Pages {
  return {
    look: { accent: '#17654c', type: 'serif' },
    summary: {
      name: 'Mara Ilves',
      for_whom: 'Acme, checkout team',
      sentence: 'I make checkouts people finish.',
      results: [{ figure: '−31 %', text: 'abandoned carts' }],
      body: 'You are **rebuilding** checkout.',
    },
    case_studies: [
      {
        id: 'bolt',
        title: 'Bolt',
        body: 'One *question*.',
        url: 'https://example.com/bolt',
        url_label: 'See it',
      },
      { id: 'system', title: 'One system', body: 'For 14 teams.', url: null, url_label: '' },
    ],
    contact: { heading: 'Let us talk', body: 'From March.', cta: null, form: true },
    ...over,
  }
}
