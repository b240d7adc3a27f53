import { createHash } from 'node:crypto'
import { accent } from '../contract/accent.ts'
import type { Pages } from '../contract/shapes.ts'
import { readSql } from '../store/read_sql.ts'

/** Text of a `<style>` element and the source by which the page's policy allows it. */
export interface Style {
  text: string
  source: string
}

function style(text: string): Style {
  return { text, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` }
}

/** In this order: what comes later stands over what came before. */
const SHEETS = [
  'tokens',
  'ground',
  'bar',
  'summary',
  'case_studies',
  'markdown',
  'form',
  'foot',
  'wide',
  'paper',
]

/**
 * The one sheet, without its comments and indentation. It is part of the page: 3.4 kB brotli. As a file
 * of its own it would be a second request before the first paint: 676 ms instead of 608 on a slow phone (150 ms latency,
 * 1.6 Mbit/s, median of 9).
 */
export const sheet = style(
  SHEETS.map(name => readSql(`src/pages/styles/${name}.css`))
    .join('')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, ''),
)

/** One of 256 accents is kept: lifting one takes 0.3 ms, and a policy names its hash. */
const seen = new Map<string, Style>()
const SEEN_MAX = 256

/** The owner's accent as custom properties, lifted for both papers. */
export function accentStyle({ accent: hex }: Pages['look']): Style {
  let known = seen.get(hex)
  if (!known) {
    if (seen.size >= SEEN_MAX) seen.delete(seen.keys().next().value!)
    const { light, dark } = accent(hex)
    known = style(`:root{--accent-l:${light};--accent-d:${dark}}`)
    seen.set(hex, known)
  }
  return known
}
