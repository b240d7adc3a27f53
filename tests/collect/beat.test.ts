import { describe, expect, test } from 'vitest'
import { visitor } from '../../src/gate/visitor.ts'
import { batch, CHROME, door, ids, TICKET } from './door.ts'

describe('POST /p/:slug/beat', () => {
  test('answers 204 without a body once the batch is in the queue', async () => {
    const { send, queue } = door()
    const before = Date.now()
    const answer = await send('beat', batch())
    expect(answer.status).toBe(204)
    expect(await answer.text()).toBe('')
    expect(queue.entries).toEqual([
      {
        kind: 'batch',
        received_at: expect.any(Number),
        campaign_id: ids.campaign,
        link_id: ids.link,
        open_id: ids.open,
        served_at: TICKET.served_at,
        window_ms: TICKET.window_ms,
        flags: TICKET.flags,
        private: false,
        ua: visitor(CHROME, true),
        body: {
          session: ids.session,
          state: 'reading',
          input: true,
          automated: false,
          views: batch().views,
          events: batch().events,
        },
      },
    ])
    expect(queue.entries[0]!.received_at).toBeGreaterThanOrEqual(before)
    expect(queue.entries[0]!.received_at).toBeLessThanOrEqual(Date.now())
  })

  test('answers only when the push has resolved', async () => {
    const { send, queue } = door()
    let durable = () => {}
    const pushed = new Promise<void>(resolve => {
      durable = resolve
    })
    let answered = false
    queue.onPush = () => pushed
    const answer = send('beat', batch()).then(response => {
      answered = true
      return response
    })
    await new Promise(resolve => setImmediate(resolve))
    expect(answered).toBe(false)
    durable()
    expect((await answer).status).toBe(204)
  })

  test('takes application/json and text/plain, with parameters', async () => {
    const { send, queue } = door()
    for (const type of ['application/json', 'text/plain;charset=UTF-8', 'Application/JSON; charset=utf-8'])
      expect((await send('beat', batch(), { 'Content-Type': type })).status).toBe(204)
    expect(queue.entries).toHaveLength(3)
  })

  test('takes a batch without views and events: a state alone', async () => {
    const { send, queue } = door()
    expect((await send('beat', batch({ state: 'left', views: [], events: [] }))).status).toBe(204)
    expect(queue.entries[0]!.body).toMatchObject({ state: 'left', views: [], events: [] })
  })

  test('ignores fields it does not know', async () => {
    const { send, queue } = door()
    expect((await send('beat', batch({ later: { a: 1 }, campaign_id: ids.event }))).status).toBe(204)
    expect(queue.entries[0]!.body).not.toHaveProperty('later')
    expect(queue.entries[0]!.campaign_id).toBe(ids.campaign)
  })

  test('takes ids in capitals for the same ids', async () => {
    const { send, queue } = door()
    await send('beat', batch({ session: ids.session.toUpperCase() }))
    expect(queue.entries[0]!.body).toMatchObject({ session: ids.session })
  })

  test('stores NUL and lone surrogates cleaned', async () => {
    const { send, queue } = door()
    const views = [{ ...batch().views[0], page: 'a\0b\uD800', parts: { 'x\0': 5 } }]
    expect((await send('beat', batch({ views }))).status).toBe(204)
    expect(queue.entries[0]!.body).toMatchObject({
      views: [{ page: 'a\uFFFDb\uFFFD', parts: { 'x\uFFFD': 5 } }],
    })
  })

  test('reads a body that comes in pieces, characters cut in the middle included', async () => {
    const { api, queue } = door()
    const bytes = Buffer.from(
      JSON.stringify(batch({ views: [{ ...batch().views[0], page: 'Überblick 😀' }] })),
    )
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const answer = await api.request('/p/acme-x1y2/beat', {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(204)
    expect(queue.entries[0]!.body).toMatchObject({ views: [{ page: 'Überblick 😀' }] })
  })
})
