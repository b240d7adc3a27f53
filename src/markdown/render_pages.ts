import type { PagesHtml } from '../contract/published.ts'
import type { Pages } from '../contract/shapes.ts'
import { Refusal } from '../gate/problem.ts'
import { renderMarkdown, TooSlow } from './render.ts'

/**
 * Renders every text of the three pages, one after another.
 * @throws Refusal `unprocessable`, naming the text that takes too long to render
 */
export async function renderPages(pages: Pages): Promise<PagesHtml> {
  const case_studies: Record<string, string> = {}
  for (const [index, { id, title, body }] of pages.case_studies.entries())
    case_studies[id] = await text(body, `/case_studies/${index}/body`, `the case study “${title}”`)
  return {
    summary: await text(pages.summary.body, '/summary/body', 'the summary'),
    case_studies,
    contact: await text(pages.contact.body, '/contact/body', 'the contact page'),
  }
}

async function text(body: string, pointer: string, place: string): Promise<string> {
  try {
    return await renderMarkdown(body)
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error
    const message = `The Markdown of ${place} cannot be shown: it nests or repeats marks so often that it takes too long. Simplify it.`
    throw new Refusal('unprocessable', message, { errors: [{ pointer, message }] })
  }
}
