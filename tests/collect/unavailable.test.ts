import { describe, expect, test } from 'vitest'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import { LIMITS } from '../../src/gate/rate_limit.ts'
import { batch, door, start } from './door.ts'
import { problemOf } from './problem_of.ts'

test('past its limit an address hears 429 with Retry-After', async () => {
  const { send, queue } = door({ limiters: memoryLimiters(3 / LIMITS.collect) })
  for (let i = 0; i < 3; i++) expect((await send('beat', batch())).status).toBe(204)
  const answer = await send('beat', batch())
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  await problemOf(answer)
  expect(queue.entries).toHaveLength(3)
})

describe('with the queue in trouble both routes answer 503 with Retry-After', () => {
  async function expectUnavailable(answer: Response) {
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect((await problemOf(answer)).type).toBe('/problems/unavailable')
  }

  test('when it refuses', async () => {
    const { send, queue } = door()
    queue.onPush = () => Promise.reject(new Error('no connection'))
    await expectUnavailable(await send('beat', batch()))
    await expectUnavailable(await send('sessions', start()))
  })

  test('when it does not answer', async () => {
    const { send, queue } = door()
    queue.onPush = () => new Promise(() => {})
    const [beat, session] = await Promise.all([send('beat', batch()), send('sessions', start())])
    await expectUnavailable(beat)
    await expectUnavailable(session)
  })

  test('when it holds too much, until it holds less', async () => {
    const { send, queue } = door({ queueMax: 100 })
    queue.waiting = 100
    await send('beat', batch())
    await expect.poll(async () => (await send('beat', batch())).status).toBe(503)
    await expectUnavailable(await send('sessions', start()))
    queue.waiting = 99
    await expect.poll(async () => (await send('beat', batch())).status, { timeout: 5_000 }).toBe(204)
  })
})
