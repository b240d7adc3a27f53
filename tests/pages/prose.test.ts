import { expect, test } from 'vitest'
import { renderMarkdown } from '../../src/contract/markdown.ts'
import { pictureHosts, prose } from '../../src/pages/prose.ts'
import { readingMinutes } from '../../src/pages/reading_time.ts'

const fitted = (markdown: string, top = 3) => prose(renderMarkdown(markdown), { top, id: 'x' })

test('whatever levels an owner uses, headings begin below the title and leave no gap', () => {
  expect(fitted('# A\n\n### B\n\n# C')).toBe('<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>')
  expect(fitted('#### A', 2)).toBe('<h2>A</h2>')
  expect(fitted('`<h1>`')).toBe('<p><code>&lt;h1&gt;</code></p>')
})

test('links that lead outside are marked, addresses of mail are not', () => {
  expect(fitted('[a](https://a.example) [b](mailto:b@b.example) [c](#x)')).toBe(
    '<p><a rel="noopener" href="https://a.example">a</a> <a href="mailto:b@b.example">b</a> <a href="#x">c</a></p>',
  )
})

test('a wide table scrolls in a box of its own', () => {
  const row = (n: number) => `|${' a |'.repeat(n)}\n|${' - |'.repeat(n)}\n|${' b |'.repeat(n)}`
  expect(fitted(row(3))).toMatch(/^<table>/)
  expect(fitted(row(4))).toMatch(
    /^<div class="wide" role="group" aria-label="Table" tabindex="0"><table>[\s\S]*<\/table><\/div>$/,
  )
})

test('footnotes of two texts on one page do not share their ids', () => {
  const html = fitted('a[^1]\n\n[^1]: b')
  expect(html).toContain('id="x_fn-1"')
  expect(html).toContain('href="#x_fn-1"')
  expect(html).toContain('id="x_footnotes"')
  expect(html).not.toMatch(/user-content|"footnote-label"|sr-only/)
})

test('pictures load late and are told nothing of the page', () => {
  expect(fitted('![a](https://img.example/a.png)')).toBe(
    '<p><img loading="lazy" decoding="async" referrerpolicy="no-referrer" src="https://img.example/a.png" alt="a" /></p>',
  )
  expect(
    pictureHosts(renderMarkdown('![a](https://img.example/a.png)\n`![b](https://no.example/b.png)`')),
  ).toEqual(['img.example'])
})

test('a picture whose address was refused is its text', () => {
  expect(fitted('![a](javascript:x)')).toBe('<p>a</p>')
})

test('reading takes a minute at least, and scripts without spaces count by character', () => {
  expect(readingMinutes([])).toBe(1)
  expect(readingMinutes(['word '.repeat(238)])).toBe(1)
  expect(readingMinutes(['word '.repeat(239)])).toBe(2)
  expect(readingMinutes(['読'.repeat(476 * 2)])).toBe(2)
})
