import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ticket, TicketFlags } from '../contract/ticket.ts'
import { WINDOW_MS } from '../contract/timings.ts'

/**
 * The ticket in 61 bytes (+ 4 per allowed origin) and a 16-byte seal, as base64url: 103 characters without origins.
 *
 *   0  version (2)      1  flags          2–17 campaign id     18–33 link id
 *   34–49 open id, zero where none        50–55 served_at, Unix ms, 48 bits      56–59 window, ms
 *   60 number of origins, then 4 bytes each
 *
 * Pages that were served before the window stood in it have version 1, without bytes 56–59.
 *
 * The seal is HMAC-SHA-256 cut to 128 bits over the slug, a NUL and those bytes: another link's ticket does not open.
 */
const VERSION = 2
/** Bytes before the origins, by version. */
const HEADS: Readonly<Record<number, number>> = { 1: 57, 2: 61 }
const HEAD = HEADS[VERSION]!
const SEAL = 16
const FLAG_BITS: readonly (keyof TicketFlags)[] = [
  'hosted',
  'sliding',
  'owner_device',
  'owner_login',
  'prefetch',
]
const NO_OPEN = '00000000-0000-0000-0000-000000000000'

function seal(body: Buffer, slug: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`ticket\0${slug}\0`).update(body).digest().subarray(0, SEAL)
}

const uuidBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
/** The UUID that begins at `byte`, out of the whole ticket in hex: slicing one text is 3 µs cheaper than three of them. */
function uuidAt(hex: string, byte: number): string {
  const at = byte * 2
  return `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-${hex.slice(at + 12, at + 16)}-${hex.slice(at + 16, at + 20)}-${hex.slice(at + 20, at + 32)}`
}

/** Signs a ticket for the page at `slug`. */
export function sealTicket(ticket: Ticket, slug: string, secret: string): string {
  const body = Buffer.alloc(HEAD + 4 * ticket.origins.length)
  body[0] = VERSION
  body[1] = FLAG_BITS.reduce((bits, flag, i) => bits | (ticket.flags[flag] ? 1 << i : 0), 0)
  uuidBytes(ticket.campaign_id).copy(body, 2)
  uuidBytes(ticket.link_id).copy(body, 18)
  uuidBytes(ticket.open_id ?? NO_OPEN).copy(body, 34)
  body.writeUIntBE(ticket.served_at, 50, 6)
  body.writeUInt32BE(ticket.window_ms, 56)
  body[HEAD - 1] = ticket.origins.length
  ticket.origins.forEach((hash, i) => {
    body.writeUInt32BE(hash, HEAD + 4 * i)
  })
  return Buffer.concat([body, seal(body, slug, secret)]).toString('base64url')
}

/**
 * Opens a ticket that came with a request to `slug`.
 * @param secrets the present secret first, then the previous one where there is one
 * @returns null where it is not ours, was changed, or belongs to another link
 */
export function openTicket(text: string, slug: string, secrets: readonly string[]): Ticket | null {
  const bytes = Buffer.from(text, 'base64url')
  const body = bytes.subarray(0, -SEAL)
  const head = HEADS[body[0] ?? 0]
  if (head === undefined || body.length < head || body.length !== head + 4 * body[head - 1]!) return null
  const given = bytes.subarray(-SEAL)
  if (!secrets.some(secret => timingSafeEqual(given, seal(body, slug, secret)))) return null
  const hex = body.toString('hex', 0, 50)
  const open_id = uuidAt(hex, 34)
  const bits = body[1]!
  const flag = (name: keyof TicketFlags) => (bits & (1 << FLAG_BITS.indexOf(name))) !== 0
  const origins: number[] = []
  for (let at = head; at < body.length; at += 4) origins.push(body.readUInt32BE(at))
  return {
    campaign_id: uuidAt(hex, 2),
    link_id: uuidAt(hex, 18),
    open_id: open_id === NO_OPEN ? null : open_id,
    served_at: body.readUIntBE(50, 6),
    window_ms: body[0] === 1 ? WINDOW_MS : body.readUInt32BE(56),
    flags: {
      hosted: flag('hosted'),
      sliding: flag('sliding'),
      owner_device: flag('owner_device'),
      owner_login: flag('owner_login'),
      prefetch: flag('prefetch'),
    },
    origins,
  }
}

/** The truncated hash by which a ticket names an allowed origin, e.g. of `https://acme.example`. */
export function originHash(origin: string): number {
  return createHmac('sha256', 'origin').update(origin.toLowerCase()).digest().readUInt32BE(0)
}
