import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ticket } from '../../src/contract/ticket.ts'
import { rememberTickets } from '../../src/gate/remember_tickets.ts'
import { openTicket, originHash, sealTicket } from '../../src/gate/ticket.ts'

const SECRET = 'a secret of at least thirty-two characters'
const slug = fc.stringMatching(/^[a-z0-9-]{3,64}$/)
const uuid = fc.uuid().filter(id => id !== '00000000-0000-0000-0000-000000000000')
const ticket: fc.Arbitrary<Ticket> = fc.record({
  campaign_id: uuid,
  link_id: uuid,
  open_id: fc.option(uuid),
  served_at: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  window_ms: fc.integer({ min: 1, max: 86_400_000 }),
  flags: fc.record({
    hosted: fc.boolean(),
    sliding: fc.boolean(),
    owner_device: fc.boolean(),
    owner_login: fc.boolean(),
    prefetch: fc.boolean(),
  }),
  origins: fc.array(fc.nat({ max: 2 ** 32 - 1 }), { maxLength: 20 }),
})

describe('a ticket', () => {
  test('opens as what was sealed, under its slug and its secret', () => {
    fc.assert(
      fc.property(ticket, slug, (sealed, at) => {
        expect(openTicket(sealTicket(sealed, at, SECRET), at, [SECRET])).toEqual(sealed)
      }),
    )
  })

  test('does not open once any of its bytes was changed', () => {
    fc.assert(
      fc.property(ticket, slug, fc.nat(), fc.integer({ min: 1, max: 255 }), (sealed, at, where, change) => {
        const bytes = Buffer.from(sealTicket(sealed, at, SECRET), 'base64url')
        bytes[where % bytes.length]! ^= change
        expect(openTicket(bytes.toString('base64url'), at, [SECRET])).toBeNull()
      }),
    )
  })

  test('does not open cut or lengthened', () => {
    fc.assert(
      fc.property(ticket, slug, fc.integer({ min: 1, max: 40 }), (sealed, at, n) => {
        const bytes = Buffer.from(sealTicket(sealed, at, SECRET), 'base64url')
        expect(openTicket(bytes.subarray(0, -n).toString('base64url'), at, [SECRET])).toBeNull()
        const longer = Buffer.concat([bytes, Buffer.alloc(n)])
        expect(openTicket(longer.toString('base64url'), at, [SECRET])).toBeNull()
      }),
    )
  })

  test('does not open at another link', () => {
    fc.assert(
      fc.property(ticket, slug, slug, (sealed, at, other) => {
        fc.pre(at !== other)
        expect(openTicket(sealTicket(sealed, at, SECRET), other, [SECRET])).toBeNull()
      }),
    )
  })

  test('does not open under another secret, and opens under the previous one', () => {
    const [sealed] = fc.sample(ticket, 1)
    const text = sealTicket(sealed!, 'acme-x1y2', SECRET)
    expect(openTicket(text, 'acme-x1y2', ['another secret of thirty-two characters!'])).toBeNull()
    expect(openTicket(text, 'acme-x1y2', ['another secret of thirty-two characters!', SECRET])).toEqual(
      sealed,
    )
  })

  test('of a page that was served before windows stood in it opens, with 30 minutes', () => {
    const old =
      'AQMBiQAAAABwAIAAAAAAAAAMAYkAAAAAcACAAAAAAAAACgGJAAAAAHAAgAAAAAAAAAsBi8_laAABAAAAB1f8Xmawvv2v5tDK5QaxPpg'
    expect(openTicket(old, 'acme-x1y2', [SECRET])).toMatchObject({ window_ms: 1_800_000 })
  })

  test('is about a hundred characters long', () => {
    const [sealed] = fc.sample(ticket, 1)
    expect(sealTicket({ ...sealed!, origins: [] }, 'acme-x1y2', SECRET)).toHaveLength(103)
  })

  test('is never made of text that is none', () => {
    fc.assert(
      fc.property(fc.string(), slug, (text, at) => {
        expect(openTicket(text, at, [SECRET])).toBeNull()
      }),
    )
  })
})

test('a gate that remembers tickets opens what an honest look would open, and nothing else', () => {
  const remembering = rememberTickets([SECRET])
  fc.assert(
    fc.property(ticket, slug, slug, (sealed, at, other) => {
      fc.pre(at !== other)
      const text = sealTicket(sealed, at, SECRET)
      for (let i = 0; i < 2; i++) {
        expect(remembering(text, at)).toEqual(sealed)
        expect(remembering(text, other)).toBeNull()
        expect(remembering(`${text.slice(0, -1)}${text.endsWith('A') ? 'Q' : 'A'}`, at)).toBeNull()
      }
    }),
  )
})

test('an origin has one hash, however its host is spelt', () => {
  expect(originHash('https://Acme.Example')).toBe(originHash('https://acme.example'))
  expect(originHash('https://acme.example')).not.toBe(originHash('http://acme.example'))
})
