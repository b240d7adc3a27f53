import type { Pages } from '../contract/shapes.ts'

/** What a new campaign begins with: nothing but a look and an open lead form. */
export function emptyPages(): Pages {
  return {
    look: { accent: '#24544a', type: 'serif' },
    summary: { name: '', for_whom: '', sentence: '', results: [], body: '' },
    case_studies: [],
    contact: { heading: '', body: '', cta: null, form: true },
  }
}
