import type { Context } from 'hono'
import type { z } from 'zod'
import type { Ticket } from '../contract/ticket.ts'
import type { Gate } from '../gate/gate.ts'
import { parseJson } from '../gate/json.ts'
import { invalid, Refusal } from '../gate/problem.ts'
import { originHash } from '../gate/ticket.ts'
import { readBody } from './read_body.ts'

/**
 * Reads what a collect route was sent: body, schema, ticket, origin, in this order. The ticket is all that is believed
 * about campaign and link, so no database is asked.
 * @param fits a quicker yes than the schema's; what it does not know is left to the schema
 * @throws Refusal naming the field
 */
export async function readRequest<Body extends { ticket: string }>(
  c: Context,
  schema: z.ZodType<Body>,
  gate: Gate,
  fits?: (sent: unknown) => sent is Body,
): Promise<{ body: Body; ticket: Ticket }> {
  const sent = parseJson(await readBody(c.req.raw))
  if (typeof sent === 'object' && sent !== null && 'v' in sent && sent.v !== 1) throw otherVersion()
  const body = fits?.(sent) ? sent : parse(schema, sent)
  const ticket = gate.ticket(body.ticket, c.req.param('slug')!)
  if (!ticket) throw badTicket()
  if (ticket.origins.length > 0 && !mayComeFrom(c.req.raw, ticket)) throw otherOrigin()
  return { body, ticket }
}

function parse<Body>(schema: z.ZodType<Body>, sent: unknown): Body {
  const parsed = schema.safeParse(sent)
  if (!parsed.success) throw invalid(parsed.error.issues)
  return parsed.data
}

/**
 * Whether the page that sends may: one of the project's origins, or our own. A request without `Origin` comes from no
 * page of another site (browsers name it on every POST), so the list says nothing about it.
 */
function mayComeFrom(request: Request, ticket: Ticket): boolean {
  const origin = request.headers.get('origin')
  if (origin === null) return true
  if (ticket.origins.includes(originHash(origin))) return true
  const host = request.headers.get('host')
  return host !== null && origin.toLowerCase().endsWith(`//${host.toLowerCase()}`)
}

const otherVersion = () => {
  const message = 'this server speaks version 1'
  return new Refusal('unsupported_version', `/v: ${message}.`, { errors: [{ pointer: '/v', message }] })
}
const badTicket = () => {
  const message = 'is not one of ours, or belongs to another link; reload the page to get a new one'
  return new Refusal('bad_ticket', `/ticket: ${message}.`, { errors: [{ pointer: '/ticket', message }] })
}
const otherOrigin = () =>
  new Refusal('forbidden', "This site is not among the project's allowed origins. Add it in the studio.")
