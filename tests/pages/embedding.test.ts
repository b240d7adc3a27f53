import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { TicketAnswer } from '../../src/contract/wire.ts'
import { openTicket, originHash } from '../../src/gate/ticket.ts'
import { live, SECRET, site } from './site.ts'

test('any site may ask for a ticket; where events may come from stands in it', async () => {
  const { send } = site({ links: { acme: { ...live, allowed_origins: ['https://acme.example'] } } })
  const answer = await send('/p/acme/ticket', { headers: { Origin: 'https://acme.example' } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
  const body = TicketAnswer.strict().parse(await answer.json())
  expect(body).toMatchObject({
    api: 'http://localhost:4000/p/acme',
    window: { kind: 'sliding', ms: 1_800_000, max_ms: 86_400_000, idle_ms: 120_000 },
  })
  expect(openTicket(body.ticket, 'acme', [SECRET])).toMatchObject({
    open_id: null,
    flags: { hosted: false },
    origins: [originHash('https://acme.example'), originHash('http://localhost:4000')],
  })
})

test('no ticket for what is not there: 404 and 410, as problems', async () => {
  const { send } = site({
    links: { off: { ...live, state: 'off' }, draft: { ...live, state: 'draft', published: null } },
  })
  const answers = []
  for (const slug of ['unknown', 'draft', 'off']) {
    const answer = await send(`/p/${slug}/ticket`)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    answers.push([answer.status, answer.headers.get('content-type')])
  }
  expect(answers).toEqual([404, 404, 410].map(status => [status, 'application/problem+json']))
})

test('the embedding script sets its own element’s data, then tracks', async () => {
  const answer = await site().send('/p/acme/pb.js')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(answer.headers.get('cache-control')).toContain('max-age=300')
  const script = await answer.text()
  expect(script.endsWith('console.log("tracker")')).toBe(true)
  const dataset: Record<string, string> = {}
  runInNewContext(script, { document: { currentScript: { dataset } }, console: { log: () => {} } })
  expect(dataset).toMatchObject({
    api: 'http://localhost:4000/p/acme',
    name: 'pb_acme',
    cookie: ';path=/;samesite=lax;secure;max-age=',
    window: 'sliding',
    ms: '1800000',
    maxMs: '86400000',
    idleMs: '120000',
  })
  expect(openTicket(dataset.ticket!, 'acme', [SECRET])?.flags.hosted).toBe(false)
})

test('a script that measures nothing says why, in a comment', async () => {
  const { send, state } = site({ links: { off: { ...live, state: 'off' } } })
  for (const slug of ['unknown', 'off']) {
    const answer = await send(`/p/${slug}/pb.js`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'text/javascript; charset=utf-8',
    ])
    expect(await answer.text()).toMatch(/^\/\/ Pitchbeat measures nothing here\. .+\n$/)
  }
  state.database = Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  expect((await send('/p/acme/pb.js')).status).toBe(503)
})

test('the tracker is kept for ever under its own hash, and never under another', async () => {
  const { send } = site()
  const own = await send('/pb.abc123.js')
  expect(await own.text()).toBe('console.log("tracker")')
  expect(own.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const other = await send('/pb.old.js')
  expect([other.status, other.headers.get('cache-control')]).toEqual([200, 'no-cache'])
})

test('the files at the root', async () => {
  const { send } = site()
  expect(await (await send('/robots.txt')).text()).toContain('Disallow: /api/')
  expect(await (await send('/.well-known/gpc.json')).json()).toEqual({
    gpc: true,
    lastUpdate: expect.any(String),
  })
  const mark = await send('/favicon.ico')
  expect([mark.status, mark.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
})
