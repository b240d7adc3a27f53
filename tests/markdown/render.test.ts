import { expect, test, vi } from 'vitest'
import { renderMarkdown, TooSlow } from '../../src/markdown/render.ts'

const LENGTH = 40_000
const repeated = (mark: string) => mark.repeat(Math.ceil(LENGTH / mark.length)).slice(0, LENGTH)

/** The longest body a case study may have, made of each mark that some renderer was found to be slow with. */
const MARKS = [
  '*a_',
  '_a__',
  '**a *b',
  '[',
  '[a](',
  '![[',
  '>',
  '> ',
  '- ',
  '|a',
  '~~a~',
  'a@b.',
  'http://a',
  '<',
  '`a',
  '\\',
  '[a][b]',
  '[^a]',
  '1. a\n   ',
  'a\n=\n',
  '[](',
  '```\n',
  '*',
]

/** How often the event loop turned while this was waited for. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0
  const counting = setInterval(() => turns++, 1)
  await work.catch(() => {})
  clearInterval(counting)
  return turns
}

test.each(MARKS)(
  'a text of nothing but %j ends, shown or refused, and the next text is shown',
  async mark => {
    const shown = await renderMarkdown(repeated(mark)).catch((error: Error) => error)
    expect(shown instanceof TooSlow || typeof shown === 'string').toBe(true)
    expect(await renderMarkdown('**next**')).toBe('<p><strong>next</strong></p>')
  },
)

test('while a slow text is rendered, and until it is refused, other requests are served', async () => {
  const slow = renderMarkdown('http://a.b/('.repeat(20_000))
  expect(await turnsDuring(slow)).toBeGreaterThan(20)
  await expect(slow).rejects.toThrow(TooSlow)
})

test('what counts is the processor, not the clock: a machine that stands still for a moment refuses no text', async () => {
  const slow = repeated('http://a.b/(') // about a second
  const used = vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 0, system: 0 })
  try {
    expect(await renderMarkdown(slow)).toContain('http://a.b/')
  } finally {
    used.mockRestore()
  }
})

test('texts that come at once are rendered one after another, each its own', async () => {
  const texts = Array.from({ length: 20 }, (_, n) => `text ${n}`)
  expect(await Promise.all(texts.map(renderMarkdown))).toEqual(texts.map(text => `<p>${text}</p>`))
})
