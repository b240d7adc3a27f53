import { BODY_MAX } from '../contract/wire.ts'
import { readText } from '../gate/json_body.ts'
import { Refusal } from '../gate/problem.ts'

const TYPES = /^\s*(text\/plain|application\/json)\s*(;|$)/i

/**
 * The body as text. A body with a length is read in one go, which @hono/node-server does without building a stream; one
 * without is read piece by piece and left at the first byte too many.
 * @throws Refusal `unsupported_media_type`, `too_large`, or `invalid` where the client went away in the middle
 */
export async function readBody(request: Request): Promise<string> {
  const type = request.headers.get('content-type')
  if (type === null || !TYPES.test(type)) throw wrongType()
  const length = request.headers.get('content-length')
  if (length !== null && Number(length) > BODY_MAX) throw tooLarge()
  try {
    return length === null ? await readText(request, BODY_MAX) : await readWhole(request)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('invalid', 'The body ended before it was complete.')
  }
}

async function readWhole(request: Request): Promise<string> {
  const text = await request.text()
  // A server sees to it that the length was true; what calls us without one in between is measured here.
  if (text.length > BODY_MAX / 3 && Buffer.byteLength(text) > BODY_MAX) throw tooLarge()
  return text
}

const wrongType = () =>
  new Refusal('unsupported_media_type', 'Send JSON as "text/plain" or "application/json".')
const tooLarge = () => new Refusal('too_large', `Send at most ${BODY_MAX} bytes.`)
