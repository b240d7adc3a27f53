import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/markdown/render.ts'
import { pictureHosts, prose } from '../../src/pages/prose.ts'
import { readingMinutes } from '../../src/pages/reading_time.ts'

const fitted = async (markdown: string, top = 3) => prose(await renderMarkdown(markdown), { top, id: 'x' })

test('whatever levels an owner uses, headings begin below the title and leave no gap', async () => {
  expect(await fitted('# A\n\n### B\n\n# C')).toBe('<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>')
  expect(await fitted('#### A', 2)).toBe('<h2>A</h2>')
  expect(await fitted('`<h1>`')).toBe('<p><code>&lt;h1&gt;</code></p>')
})

test('links that lead outside are marked, addresses of mail are not', async () => {
  expect(await fitted('[a](https://a.example) [b](mailto:b@b.example) [c](#x)')).toBe(
    '<p><a rel="noopener" href="https://a.example">a</a> <a href="mailto:b@b.example">b</a> <a href="#x">c</a></p>',
  )
})

test('a wide table scrolls in a box of its own', async () => {
  const row = (n: number) => `|${' a |'.repeat(n)}\n|${' - |'.repeat(n)}\n|${' b |'.repeat(n)}`
  expect(await fitted(row(3))).toMatch(/^<table>/)
  expect(await fitted(row(4))).toMatch(
    /^<div class="wide" role="group" aria-label="Table" tabindex="0"><table>[\s\S]*<\/table><\/div>$/,
  )
})

test('footnotes of two texts on one page do not share their ids', async () => {
  const html = await fitted('a[^1]\n\n[^1]: b')
  expect(html).toContain('id="x_fn-1"')
  expect(html).toContain('href="#x_fn-1"')
  expect(html).toContain('id="x_footnotes"')
  expect(html).not.toMatch(/user-content|"footnote-label"|sr-only/)
})

test('pictures load late and are told nothing of the page', async () => {
  expect(await fitted('![a](https://img.example/a.png)')).toBe(
    '<p><img loading="lazy" decoding="async" referrerpolicy="no-referrer" src="https://img.example/a.png" alt="a" /></p>',
  )
  expect(
    pictureHosts(await renderMarkdown('![a](https://img.example/a.png)\n`![b](https://no.example/b.png)`')),
  ).toEqual(['img.example'])
})

test('a picture whose address was refused is its text', async () => {
  expect(await fitted('![a](javascript:x)')).toBe('<p>a</p>')
})

test('tables align without style attributes, tasks show their state, struck text is marked', async () => {
  expect(await fitted('|a|b|\n|:-|-:|\n|1|2|')).toContain('<th align="left">a</th>\n<th align="right">b</th>')
  expect(await fitted('- [x] done\n- [ ] open')).toBe(
    '<ul>\n<li><input type="checkbox" disabled="" checked="" /> done</li>\n<li><input type="checkbox" disabled="" /> open</li>\n</ul>',
  )
  expect(await fitted('~~old~~ new')).toBe('<p><del>old</del> new</p>')
})

test('a link with a refused scheme leads nowhere, however it is spelled', async () => {
  for (const address of [
    'javascript:x',
    'JaVaScRiPt:x',
    'vbscript:x',
    'data:text/html,x',
    'file:///x',
    ' javascript:x',
    'java&#115;cript:x',
    '<java\tscript:x>',
  ])
    expect(await fitted(`[a](${address})`)).not.toMatch(/href="[^"]/)
  expect(await fitted('<javascript:alert(1)>')).not.toMatch(/href="[^"]/)
  expect(await fitted('[a](tel:+43123) [b](/p#x:y)')).toContain(
    '<a href="tel:+43123">a</a> <a href="/p#x:y">b</a>',
  )
})

test('reading takes a minute at least, and scripts without spaces count by character', () => {
  expect(readingMinutes([])).toBe(1)
  expect(readingMinutes(['word '.repeat(238)])).toBe(1)
  expect(readingMinutes(['word '.repeat(239)])).toBe(2)
  expect(readingMinutes(['読'.repeat(476 * 2)])).toBe(2)
})
