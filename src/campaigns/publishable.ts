import type { FieldError } from '../contract/problem.ts'
import type { Pages } from '../contract/shapes.ts'
import { Refusal } from '../gate/problem.ts'

/**
 * A page may be short, but a reader must learn who writes and what about, and every case study needs a name.
 * @throws Refusal `unprocessable`, naming everything that is missing at once
 */
export function requirePublishable(pages: Pages): void {
  const errors: FieldError[] = []
  const need = (text: string, pointer: string, message: string) => {
    if (text.trim() === '') errors.push({ pointer, message })
  }
  need(pages.summary.name, '/summary/name', 'Write your name.')
  need(pages.summary.sentence, '/summary/sentence', 'Write one sentence that says why you.')
  pages.case_studies.forEach((one, i) => {
    need(one.title, `/case_studies/${i}/title`, 'Give this case study a title.')
  })
  if (errors.length > 0)
    throw new Refusal('unprocessable', `Before readers see it: ${errors.map(e => e.message).join(' ')}`, {
      errors,
    })
}
