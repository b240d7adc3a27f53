import fc from 'fast-check'
import type { Schema } from './openapi.ts'

/** Values by the name of a field or parameter, where the schema alone leads nowhere: ids that exist, a ticket of ours. */
export type Known = Readonly<Record<string, readonly unknown[]>>

/** What a schema takes. */
export function valid(schema: Schema, known: Known, name = ''): fc.Arbitrary<unknown> {
  if (known[name]) return fc.constantFrom(...known[name])
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const types = [schema.type ?? []].flat()
  if (types.length > 1) return fc.oneof(...types.map(type => valid({ ...schema, type }, known, name)))
  const min = Number(schema.minimum ?? -1_000_000)
  const max = Number(schema.maximum ?? 1_000_000)
  switch (types[0]) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max))
    case 'number':
      return fc.oneof(fc.integer({ min: 1, max: 200 }), fc.double({ min, max, noNaN: true }))
    case 'string':
      return text(schema)
    case 'array':
      return fc.array(valid((schema.items ?? {}) as Schema, known, name), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: Math.min(Number(schema.maxItems ?? 4), 4),
      })
    case 'object':
      return object(schema, known)
    default:
      return fc.jsonValue()
  }
}

function object(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const required = (schema.required ?? []) as string[]
  const record = fc.record(Object.fromEntries(fields.map(([name, one]) => [name, valid(one, known, name)])), {
    requiredKeys: required as never[],
    noNullPrototype: true,
  })
  if (typeof schema.additionalProperties !== 'object') return record
  const more = valid(schema.additionalProperties as Schema, known)
  return fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), more, {
    maxKeys: 3,
    noNullPrototype: true,
  })
}

function text(schema: Schema): fc.Arbitrary<string> {
  const minLength = Number(schema.minLength ?? 0)
  const most = Number(schema.maxLength ?? 300)
  const fits = (one: string) => one.length >= minLength && one.length <= most
  if (schema.format === 'uuid') return fc.uuid()
  if (schema.format === 'email') return fc.emailAddress().filter(fits)
  if (schema.format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('2999-01-01') })
      .map(date => date.toISOString())
  if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern)).filter(fits)
  return fc.oneof(
    { weight: 5, arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: 20 }).filter(fits) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS).filter(fits) },
    { weight: 1, arbitrary: fc.constant('ß'.repeat(most)) },
  )
}

/** Texts that went wrong somewhere, some day. */
const ODD_TEXTS = [
  'NUL \0 within',
  'half a pair \ud83d',
  'the other half \udc00',
  '__proto__',
  "' or 1=1 --",
  '{{7*7}} ${7*7}',
  '../../etc/passwd',
  '=1+1',
  '-1',
  '1e999',
  'NaN',
  'null',
  '%00',
  '\r\n\r\nHTTP/1.1 200 OK',
  '\u202egnirts',
  'e\u0301'.repeat(50),
  ' ',
] as const

const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
const ODD_VALUES: readonly unknown[] = [
  ...ODD_TEXTS,
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e-308,
  '',
  [],
  {},
  [null],
  { length: 1e9 },
  'x'.repeat(3_000),
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.000Z',
  '1970-01-01T00:00:00-23:59',
  deep(3),
  deep(20),
  Array.from({ length: 300 }, (_, i) => i),
]

/** A value with something wrong in one place: another type, a field too few or too many, a text of another world. */
export function wrong(from: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(from, fc.nat(), fc.constantFrom('other', 'other', 'less', 'more'), fc.constantFrom(...ODD_VALUES))
    .map(([value, at, what, odd]) => {
      const copy = structuredClone({ value })
      const places = placesIn(copy)
      const [parent, key] = places[at % places.length]!
      const here = parent[key]
      if (what === 'less' && parent !== copy && !Array.isArray(parent)) delete parent[key]
      else if (what === 'more' && typeof here === 'object' && here !== null && !Array.isArray(here))
        (here as Place)['an unknown field'] = odd
      else parent[key] = odd
      return copy.value
    })
}

type Place = Record<string, unknown>

/** Every field and item below, as who holds it and under which key. */
function placesIn(holder: Place): [Place, string][] {
  return Object.entries(holder).flatMap(([key, value]) => [
    [holder, key] as [Place, string],
    ...(typeof value === 'object' && value !== null ? placesIn(value as Place) : []),
  ])
}

/** Bodies that are none. */
export const NO_JSON: readonly string[] = [
  '',
  ' ',
  '{',
  '[]',
  'null',
  '0',
  '"text"',
  '{"__proto__":{"x":1}}',
  '{"a":1}{"a":1}',
  "{'a':1}",
  '\ufeff{}',
  '{"a":NaN}',
  '['.repeat(100_000),
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `{"a":${'9'.repeat(400)}}`,
  `{"${'k'.repeat(10_000)}":1}`,
  'a=1&a=2&%=%ff&&=',
  '\0',
]
