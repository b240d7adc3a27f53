import { expect, test } from 'vitest'
import { createTexts } from '../../src/contract/texts.ts'

const english = {
  minutes_one: '{{count}} minute',
  minutes_other: '{{count}} minutes',
  for: 'For {{name}}',
  big: '{{n, number}} items',
}

test('a text takes the form its count asks for', () => {
  const t = createTexts(english, 'en')
  expect(t('minutes', { count: 1 })).toBe('1 minute')
  expect(t('minutes', { count: 3 })).toBe('3 minutes')
})

test('a language with more forms finds its own, and falls back to the last', () => {
  const polish = {
    file_one: 'plik',
    file_few: '{{count}} pliki',
    file_many: '{{count}} plików',
    file_other: '?',
  }
  const t = createTexts(polish, 'pl')
  expect([1, 3, 5].map(count => t('file', { count }))).toEqual(['plik', '3 pliki', '5 plików'])
  expect(createTexts(english, 'pl')('minutes', { count: 3 })).toBe('3 minutes')
})

test('values are put in as they are, and a hostile one is not expanded again', () => {
  const t = createTexts(english, 'en')
  expect(t('for', { name: '{{name}} $& <b>' })).toBe('For {{name}} $& <b>')
  expect(t('for')).toBe('For {{name}}')
})

test('numbers follow the language where the text asks for it', () => {
  expect(createTexts(english, 'de')('big', { n: 1234567 })).toBe('1.234.567 items')
  expect(createTexts(english, 'no such language')('big', { n: 1234567 })).toBe('1,234,567 items')
})
