import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { pages } from '../campaigns/pages.ts'
import { batch, start } from '../collect/door.ts'
import { JSON_BYTES, JSON_CASES } from '../gate/json_cases.ts'
import { SERVICE_KEY } from './app_of.ts'
import { furnish, type Things } from './furnished.ts'

/** What is JSON and what is not, at every kind of door that takes it. */

let studio: Studio
let mara: Caller
let service: Caller
let things: Things
beforeAll(async () => {
  studio = await openStudio({ limitFactor: 10_000 })
  const owner = await studio.owner('mara@example.com')
  const { token } = (await owner.ask('POST', '/api/tokens', { body: { name: 'x', scope: 'write' } })).body
  mara = studio.program(token)
  service = studio.program(SERVICE_KEY)
  things = await furnish(studio, owner)
})
afterAll(() => studio?.close())

interface Door {
  path(): string
  method?: string
  type?: string
  who?(): Caller
  /** what it takes, in which an unknown field does not matter */
  takes(): object
  /** what it answers then; 204 unless told otherwise */
  done?: number
}
const DOORS: Record<string, Door> = {
  'beat, as text': {
    path: () => `/p/${things.slug}/beat`,
    type: 'text/plain',
    takes: () => batch({ ticket: things.ticket }),
    done: 204,
  },
  'beat, as JSON': {
    path: () => `/p/${things.slug}/beat`,
    takes: () => batch({ ticket: things.ticket }),
    done: 204,
  },
  sessions: {
    path: () => `/p/${things.slug}/sessions`,
    type: 'text/plain',
    takes: () => start({ ticket: things.ticket }),
    done: 201,
  },
  'the account': { method: 'PATCH', path: () => '/api/me', takes: () => ({ name: 'Mara' }) },
  // a version that is none, and that is said only of a body that was read
  editor: { method: 'PUT', path: () => `/api/campaigns/${things.id}/draft`, takes: pages, done: 412 },
  // nobody is logged in
  login: {
    path: () => '/api/auth/revoke-sessions',
    who: () => studio.browser(),
    takes: () => ({}),
    done: 401,
  },
  drain: { path: () => '/internal/drain', who: () => service, takes: () => ({ budget_ms: 1 }) },
}

async function send(door: Door, body: string | Buffer) {
  const headers = { 'Content-Type': door.type ?? 'application/json' }
  return (door.who?.() ?? mara).ask(door.method ?? 'POST', door.path(), { raw: body, headers })
}

describe.each(Object.entries(DOORS))('%s', (_, door) => {
  it('takes every JSON and refuses what is none, as a field that it does not know', async () => {
    for (const [name, verdict, text] of JSON_CASES) {
      const fields = Object.entries(door.takes()).map(([key, one]) => `"${key}":${JSON.stringify(one)},`)
      const { status, headers, body } = await send(door, `{${fields.join('')}"extra":${text}}`)
      const done = door.done ?? 200
      if (verdict === 'no') {
        expect(headers.get('content-type'), name).toBe('application/problem+json')
        expect(['/problems/invalid', '/problems/too_deep', '/problems/too_large'], name).toContain(body.type)
      } else if (verdict === 'yes') expect(status, name).toBe(done)
      else expect([done, 400], name).toContain(status)
    }
  })

  it('answers every text and all bytes without a fault of ours, as the whole body', async () => {
    for (const [name, body] of [
      ...JSON_CASES.map(([name, , text]) => [name, text] as const),
      ...JSON_BYTES,
    ]) {
      const { status } = await send(door, body)
      expect(status, name).toBeLessThan(500)
    }
  })
})

it('and what was taken is saved, whatever stood beside it', async () => {
  const { body } = await service.ask('POST', '/internal/drain', { body: {} })
  expect(body).toMatchObject({ dead: 0, remaining: 0 })
})
