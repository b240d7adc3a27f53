import { DEPTH_MAX } from '../contract/wire.ts'
import { pointerTo, Refusal } from './problem.ts'

const NUL = /\0/g

/**
 * Parses JSON from a stranger: at most 16 levels deep (a WASM database overflows its stack on deep JSON and answers
 * success), no `__proto__` keys, and with NUL and lone surrogates cleaned, since PostgreSQL refuses both (22021, 22P05).
 * @throws Refusal `invalid` or `too_deep`
 */
export function parseJson(text: string): unknown {
  if (deeper(text, DEPTH_MAX)) {
    const message = `nest the JSON at most ${DEPTH_MAX} levels deep`
    const pointer = deepField(text)
    throw new Refusal('too_deep', `${pointer || 'The body'}: ${message}.`, { errors: [{ pointer, message }] })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('invalid', 'The body is not JSON.', { errors: [{ pointer: '', message: 'not JSON' }] })
  }
  // Without a \u escape a decoded JSON text holds neither NUL nor a lone surrogate nor a hidden key: nothing to walk.
  if (!text.includes('\\u') && !text.includes('__proto__')) return value
  return clean(value, '')
}

/** Whether brackets nest deeper than `max`, without building anything: strings are stepped over. */
function deeper(text: string, max: number): boolean {
  if (opens(text, '{') + opens(text, '[') <= max) return false
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (inString) {
      if (code === 92) i++
      else if (code === 34) inString = false
    } else if (code === 34) inString = true
    else if (code === 123 || code === 91) {
      if (++depth > max) return true
    } else if (code === 125 || code === 93) depth--
  }
  return false
}

/** How often a bracket occurs: no text nests deeper than it has brackets, and an ordinary batch has seven. */
function opens(text: string, bracket: string): number {
  let n = 0
  for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) n++
  return n
}

/** The top-level field that nests too deeply, as a JSON Pointer; empty where the body itself is an array or no JSON. */
function deepField(text: string): string {
  try {
    const body: unknown = JSON.parse(text)
    if (Array.isArray(body)) return ''
    const field = Object.entries(body as object).find(([, value]) =>
      deeper(JSON.stringify(value), DEPTH_MAX - 1),
    )
    return field ? pointerTo(field[0]) : ''
  } catch {
    return ''
  }
}

/** `toWellFormed()` for a text that PostgreSQL will take: lone surrogates and NUL become U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(NUL, '\uFFFD')
}

function clean(value: unknown, pointer: string): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map((one, i) => clean(one, pointer + pointerTo(i)))
  if (typeof value !== 'object' || value === null) return value
  const cleaned: Record<string, unknown> = {}
  for (const [key, one] of Object.entries(value)) {
    if (key === '__proto__') {
      const at = `${pointer}/__proto__`
      throw new Refusal('invalid', `${at}: this key is not accepted.`, {
        errors: [{ pointer: at, message: 'this key is not accepted' }],
      })
    }
    cleaned[cleanText(key)] = clean(one, pointer + pointerTo(key))
  }
  return cleaned
}
