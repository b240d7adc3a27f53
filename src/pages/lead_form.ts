import { z } from 'zod'
import { EMAIL_MAX } from '../contract/limits.ts'
import { onOneLine } from '../contract/line.ts'
import { uuidv7 } from '../contract/uuid.ts'
import { cleanText } from '../gate/json.ts'
import { Refusal } from '../gate/problem.ts'

export const NAME_MAX = 200
export const MESSAGE_MAX = 5_000
/** Bytes of a form: 5 000 characters of three bytes, percent-encoded, are 45 000. */
export const FORM_MAX = 65_536

/** What was written, as it will be shown again. */
export interface LeadForm {
  lead_id: string
  name: string
  email: string
  message: string
  /** filled in by robots: no person sees this field */
  website: string
  /** id of the reader's session, where the tracker put it there */
  session: string | null
  /** of the page that the form stood on; without it no session is believed */
  ticket: string
}

export type LeadField = 'name' | 'email' | 'message'
/** The text key of what is wrong with a field; `<key>_why` says what to do. */
export type Wrong = Partial<
  Record<
    LeadField,
    'name_missing' | 'name_long' | 'email_missing' | 'email_wrong' | 'message_missing' | 'message_long'
  >
>

const uuid = z.guid()
export const isUuid = (text: string | null | undefined): text is string => uuid.safeParse(text).success

/**
 * Reads the form. An id that is missing or mangled gets a fresh one: the message matters more.
 * @throws Refusal `unsupported_media_type`, `too_large`
 */
export async function readLeadForm(request: Request): Promise<LeadForm> {
  const fields = await readForm(request, FORM_MAX)
  // browsers send line ends as CRLF but count them as one character in maxlength
  const text = (name: string) =>
    cleanText(fields.get(name) ?? '')
      .replaceAll('\r\n', '\n')
      .trim()
  const session = fields.get('session')?.toLowerCase()
  const lead_id = fields.get('lead_id')?.toLowerCase()
  return {
    lead_id: isUuid(lead_id) ? lead_id : uuidv7(),
    name: onOneLine(text('name')),
    email: text('email'),
    message: text('message'),
    website: text('website'),
    session: isUuid(session) ? session : null,
    ticket: text('ticket').slice(0, 1_000),
  }
}

/** What keeps a form from being sent, by field; empty when nothing does. */
export function wrongFields({ name, email, message }: LeadForm): Wrong {
  const wrong: Wrong = {}
  if (name === '') wrong.name = 'name_missing'
  else if (name.length > NAME_MAX) wrong.name = 'name_long'
  if (email === '') wrong.email = 'email_missing'
  else if (email.length > EMAIL_MAX || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email))
    wrong.email = 'email_wrong'
  if (message === '') wrong.message = 'message_missing'
  else if (message.length > MESSAGE_MAX) wrong.message = 'message_long'
  return wrong
}

/** The fields of an urlencoded body, counted while it is read: it may come in chunks, without a length. */
export async function readForm(request: Request, maxBytes: number): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
    throw new Refusal('unsupported_media_type', 'Send the form as application/x-www-form-urlencoded.')
  const tooLarge = () => new Refusal('too_large', `Send at most ${maxBytes} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
