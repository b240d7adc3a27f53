import { expect, test } from 'vitest'
import { appAlone } from './app_of.ts'

test('browsers are told to come over https only where that is how Pitchbeat is served', async () => {
  const header = async (baseUrl: string) =>
    (await appAlone({ baseUrl }).request('/openapi.json')).headers.get('strict-transport-security')
  expect(await header('https://pitch.example')).toBe('max-age=31536000')
  expect(await header('http://localhost:4000')).toBeNull()
})
