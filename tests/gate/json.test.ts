import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/gate/json.ts'
import { Refusal } from '../../src/gate/problem.ts'
import { JSON_BYTES, JSON_CASES } from './json_cases.ts'

function refusalOf(text: string): Refusal {
  try {
    parseJson(text)
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    return error as Refusal
  }
  throw new Error('it was accepted')
}

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('JSON from a stranger', () => {
  test('means what JSON.parse says, where nothing in it is unsafe', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8, stringUnit: 'grapheme' }), text => {
        fc.pre(!text.includes('__proto__') && !/\\u(0000|d[89a-f])/i.test(text))
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('may nest 16 levels and no more', () => {
    expect(parseJson(nested(16))).toBeTruthy()
    expect(refusalOf(nested(17)).problem).toBe('too_deep')
    expect(refusalOf('{"a":'.repeat(17) + 1 + '}'.repeat(17)).problem).toBe('too_deep')
  })

  test('is refused for its depth however deep it is, naming the field', () => {
    expect(refusalOf(nested(30_000)).problem).toBe('too_deep')
    const refusal = refusalOf(`{"v":1,"views":${nested(16)}}`)
    expect(refusal.options.errors).toEqual([
      { pointer: '/views', message: 'nest the JSON at most 16 levels deep' },
    ])
  })

  test('brackets within strings are no depth', () => {
    const text = JSON.stringify({ label: `${'['.repeat(100)}"\\${'{'.repeat(100)}` })
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })

  test('may have no key __proto__, however it is spelt', () => {
    for (const text of ['{"a":[{"__proto__":{}}]}', '{"a":[{"\\u005f_proto__":{}}]}']) {
      expect(refusalOf(text).options.errors).toEqual([
        { pointer: '/a/0/__proto__', message: 'this key is not accepted' },
      ])
    }
    expect(parseJson('{"a":"__proto__"}')).toEqual({ a: '__proto__' })
  })

  test('loses NUL and lone surrogates, in values and in keys', () => {
    expect(parseJson('{"a\\u0000b":["x\\ud800y","\\ud83d\\ude00"]}')).toEqual({
      'a\uFFFDb': ['x\uFFFDy', '😀'],
    })
  })

  test('never yields a text that PostgreSQL refuses', () => {
    const escaped = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
      .map(units => units.map(unit => `\\u${unit.toString(16).padStart(4, '0')}`).join(''))
    fc.assert(
      fc.property(escaped, escaped, (key, value) => {
        const [[cleanKey, cleanValue]] = Object.entries(parseJson(`{"${key}":"${value}"}`) as object) as [
          [string, string],
        ]
        for (const text of [cleanKey, cleanValue]) {
          expect(text.isWellFormed()).toBe(true)
          expect(text).not.toContain('\0')
        }
      }),
    )
  })

  test('is refused as such where it is none', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        try {
          expect(parseJson(text)).toEqual(JSON.parse(text))
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
      }),
    )
    expect(refusalOf('').problem).toBe('invalid')
    expect(refusalOf('{"a":').message).toBe('The body is not JSON.')
  })
})

describe('cases of JSON', () => {
  test.each(JSON_CASES)('%s: %s', (_, verdict, text) => {
    if (verdict === 'no') return expect(['invalid', 'too_deep']).toContain(refusalOf(text).problem)
    const clean = (json: string) =>
      JSON.parse(json.replace(/\\u0000/g, '\ufffd'), (_, one) => wellFormed(one))
    expect(parseJson(text)).toEqual(clean(text))
  })
  test.each(JSON_BYTES)('%s is taken or refused, nothing else', (_, bytes) => {
    try {
      parseJson(bytes.toString('utf8'))
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
    }
  })
})

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toWellFormed(), one]))
}
