import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batch, door, ids } from './door.ts'

const view = batch().views[0]!

test('no body and no headers yield a 5xx, and every 2xx is in the queue', async () => {
  const { send, queue, api } = door()
  const shape = batch() as Record<string, unknown>
  const field = fc.constantFrom(...Object.keys(shape))
  const broken = fc
    .tuple(field, fc.anything({ maxDepth: 3 }))
    .map(([name, value]) =>
      JSON.stringify({ ...shape, [name]: value }, (_, one) => (typeof one === 'bigint' ? `${one}` : one)),
    )
  const cut = fc.nat({ max: 500 }).map(n => JSON.stringify(shape).slice(0, n))
  const escapes = fc
    .array(fc.nat({ max: 0xffff }), { maxLength: 20 })
    .map(units => JSON.stringify(batch({ views: [{ ...view, page: `a${String.fromCharCode(...units)}` }] })))
  const body = fc.oneof(broken, cut, escapes, fc.json({ maxDepth: 20 }), fc.string({ unit: 'binary' }))
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom('beat', 'sessions'), async (text, path) => {
      const answer = await send(path, text)
      expect(answer.status).toBeLessThan(500)
      if (answer.status < 300) accepted++
      expect(queue.entries).toHaveLength(accepted)
    }),
    { numRuns: 500 },
  )
  expect(accepted).toBeGreaterThan(0)
  for (const slug of ['%', '%00', '%ff', '..', 'a%2Fb', encodeURIComponent('😀'.repeat(500))]) {
    const answer = await api.request(`/p/${slug}/beat`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', Cookie: '%00;;=', 'User-Agent': 'x'.repeat(9_000) },
      body: JSON.stringify(batch()),
    })
    expect(answer.status).toBeLessThan(500)
  }
  expect(queue.entries.every(entry => entry.campaign_id === ids.campaign)).toBe(true)
})
