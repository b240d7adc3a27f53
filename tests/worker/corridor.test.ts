import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectRoutes } from '../../src/collect/routes.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { createGate } from '../../src/gate/gate.ts'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import { startWorker } from '../../src/worker/worker.ts'
import { batch, SECRET, SLUG, start, TICKET, ticket } from '../collect/door.ts'
import { openWorld, silentLog, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

test('what collect took stands in the figures: from the request to the panel, without a browser', async () => {
  const gate = createGate({ secrets: [SECRET], trustedProxies: [], limiters: memoryLimiters(1_000) })
  const { campaign_id, link_id, queue, database } = world
  const api = collectRoutes({
    gate,
    queue,
    baseUrl: 'https://pitch.example',
    queueMax: 1_000,
  })
  const send = (path: string, body: unknown) =>
    api.request(`/p/${SLUG}/${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'text/plain',
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
      },
      body: JSON.stringify(body),
    })
  const mine = ticket({ ...TICKET, campaign_id, link_id, open_id: uuidv7(), served_at: Date.now() - 20_000 })
  const session = uuidv7()
  const worker = startWorker({ queue, database, log: silentLog })
  try {
    // Like the tracker, this sends again after a 503, which a busy machine may answer.
    const sent = (path: string, body: unknown) =>
      expect.poll(async () => (await send(path, body)).status, { timeout: 20_000 })
    await sent('sessions', start({ ticket: mine, id: session })).toBe(201)
    const beat = batch({ ticket: mine, session })
    await sent('beat', beat).toBe(204)
    await sent('beat', beat).toBe(204)
    // The time before the first report counts once another came 1 s later, so this reports on, as a page does.
    const figures = async () => {
      await send('beat', beat)
      return database.as({ role: 'authenticated', owner_id: 'owner' }, query =>
        query('select * from public.campaign_performance where campaign_id = $1', [campaign_id]),
      )
    }
    await expect
      .poll(figures, { timeout: 20_000 })
      .toMatchObject([{ actual_sessions: 1, engaged_sessions: 1, engagement_rate: 1, total_time_ms: 12_000 }])
    expect(worker.status()).toMatchObject({ blocked: false, error: null })
  } finally {
    await worker.stop()
  }
})
