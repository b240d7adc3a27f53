import { expect, it } from 'vitest'
import { LIMITS } from '../../src/gate/rate_limit.ts'
import { appAlone } from './app_of.ts'

it('the OpenAPI document is limited like a page', async () => {
  const app = appAlone()
  const ask = async () => (await app.request('/openapi.json')).status
  for (let asked = 0; asked < LIMITS.pages; asked++) expect(await ask()).toBe(200)
  expect(await ask()).toBe(429)
})
