import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { site } from './site.ts'

const page = async (accepts?: string) => {
  const answer = await site().send('/p/acme', accepts ? { headers: { 'Accept-Encoding': accepts } } : {})
  expect(answer.headers.get('vary')).toContain('Accept-Encoding')
  return { coding: answer.headers.get('content-encoding'), bytes: Buffer.from(await answer.arrayBuffer()) }
}

test('a page comes in the best coding that its browser takes, and is the same in each', async () => {
  const opened = []
  for (const [accepts, coding, open] of [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['identity', null, (bytes: Buffer) => bytes],
    [undefined, null, (bytes: Buffer) => bytes],
  ] as const) {
    const { coding: got, bytes } = await page(accepts)
    expect([accepts, got]).toEqual([accepts, coding])
    opened.push(
      open(bytes)
        .toString()
        .replace(/data-ticket="[^"]+"/, ''),
    )
  }
  expect(new Set(opened).size).toBe(1)
  expect(opened[0]).toMatch(/^<!doctype html>.*<\/html>$/s)
})

test('page and style together stay below 30 kB on the way', async () => {
  for (const path of ['/p/acme', '/p/acme/case-studies', '/p/acme/contact', '/p/acme/privacy']) {
    const answer = await site().send(path, { headers: { 'Accept-Encoding': 'br' } })
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(30_000)
  }
})
