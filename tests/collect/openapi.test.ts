import { expect, test } from 'vitest'
import { door } from './door.ts'

test('both routes stand in the OpenAPI document, as JSON and as text/plain', () => {
  const document = door().api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Pitchbeat', version: '1' },
  })
  for (const path of ['/p/{slug}/sessions', '/p/{slug}/beat']) {
    const post = document.paths![path]!.post!
    expect(Object.keys((post.requestBody as { content: object }).content)).toEqual([
      'application/json',
      'text/plain',
    ])
    expect(Object.keys(post.responses!)).toEqual(
      expect.arrayContaining(['400', '403', '413', '415', '429', '503']),
    )
  }
})
