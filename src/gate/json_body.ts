import type { MiddlewareHandler } from 'hono'
import { parseJson } from './json.ts'
import { Refusal } from './problem.ts'

/** Bytes of an owner's JSON body: three pages at their longest texts, escaped, and then some. */
export const OWNER_BODY_MAX = 2_000_000

/**
 * Reads a JSON body with the care due to strangers (depth, `__proto__`, NUL, lone surrogates) before the route's schema
 * sees it. Hono's own `c.req.json()` then finds the cleaned text in its cache.
 * @throws Refusal `unsupported_media_type`, `too_large`, `too_deep` or `invalid`
 */
export function jsonBody(maxBytes = OWNER_BODY_MAX): MiddlewareHandler {
  return async (c, next) => {
    const type = c.req.header('content-type') ?? ''
    if (!/^application\/([a-z.+-]+\+)?json\s*(;|$)/i.test(type))
      throw new Refusal('unsupported_media_type', 'Send JSON, with Content-Type: application/json.')
    const text = await readText(c.req.raw, maxBytes)
    c.req.bodyCache.text = Promise.resolve(JSON.stringify(parseJson(text))) as never
    await next()
  }
}

/**
 * The body as text. Counts while it reads: a body may come in chunks, without a length.
 * @throws Refusal `too_large`
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new Refusal('too_large', `Send at most ${maxBytes} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
