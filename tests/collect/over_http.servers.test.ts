import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memoryLimiters } from '../../src/gate/limiters.ts'
import { LIMITS } from '../../src/gate/rate_limit.ts'
import { listen } from '../../src/http/server.ts'
import { until } from '../servers/until.ts'
import { batch, type Door, door, SLUG } from './door.ts'

/** What only a real connection can do to the collect routes. */
let server: Server
let collect: Door
beforeEach(async () => {
  collect = door()
  server = (await listen(collect.api as never, { host: '127.0.0.1', port: 0 })).server
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const head = (...more: string[]) =>
  [`POST /p/${SLUG}/beat HTTP/1.1`, 'Host: pitch.example', 'Content-Type: text/plain', ...more, '', ''].join(
    '\r\n',
  )

function dial() {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let heard = ''
  socket.on('data', chunk => {
    heard += chunk
  })
  socket.on('error', () => {})
  return { socket, heard: () => heard }
}
const beatOverHttp = (headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/p/${SLUG}/beat`, {
    method: 'POST',
    headers,
    body: JSON.stringify(batch()),
  })

describe('over a real connection', () => {
  test('a batch is taken, whether its length is named or it comes in pieces', async () => {
    expect((await beatOverHttp()).status).toBe(204)
    const text = JSON.stringify(batch())
    const { socket, heard } = dial()
    socket.write(head('Transfer-Encoding: chunked'))
    for (const piece of [text.slice(0, 10), text.slice(10)])
      socket.write(`${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`)
    socket.write('0\r\n\r\n')
    await until('an answer', () => heard().startsWith('HTTP/1.1 204'))
    socket.destroy()
    expect(collect.queue.entries).toHaveLength(2)
  })

  test('a body without end is left, and its connection closed', async () => {
    const { socket, heard } = dial()
    const closed = once(socket, 'close')
    socket.write(head('Transfer-Encoding: chunked'))
    const flood = setInterval(() => {
      if (!socket.destroyed) socket.write(`2000\r\n${' '.repeat(8_192)}\r\n`)
    }, 2)
    await until('an answer', () => heard().startsWith('HTTP/1.1 413'))
    await closed
    clearInterval(flood)
    expect(collect.queue.entries).toEqual([])
  })

  test('a length over 64 KiB is refused before a byte of it came', async () => {
    const { socket, heard } = dial()
    socket.write(head('Content-Length: 65537'))
    await until('an answer', () => heard().startsWith('HTTP/1.1 413'))
    socket.destroy()
  })

  test.each([['Content-Length: 700'], ['Transfer-Encoding: chunked']])(
    'a client that goes away in the middle (%s) disturbs nobody',
    async header => {
      const { socket } = dial()
      socket.write(`${head(header)}${header.startsWith('T') ? '5\r\n' : ''}{"v":`)
      const taken = once(server, 'request')
      await taken
      socket.destroy()
      expect((await beatOverHttp()).status).toBe(204)
      expect(collect.queue.entries).toHaveLength(1)
    },
  )

  test('a body shorter than it said is cut off, and never taken for a batch', async () => {
    const text = JSON.stringify(batch())
    const { socket, heard } = dial()
    const closed = once(socket, 'close')
    socket.write(head(`Content-Length: ${Buffer.byteLength(text) + 5}`) + text)
    await closed
    expect(heard()).not.toContain('204')
    expect(collect.queue.entries).toEqual([])
  })

  test('an address is counted by its connection, whatever a header of the client says', async () => {
    collect = door({ limiters: memoryLimiters(2 / LIMITS.collect) })
    server.close()
    server.closeAllConnections()
    server = (await listen(collect.api as never, { host: '127.0.0.1', port: 0 })).server
    const statuses: number[] = []
    for (let i = 0; i < 3; i++)
      statuses.push((await beatOverHttp({ 'X-Forwarded-For': `203.0.113.${i}` })).status)
    expect(statuses).toEqual([204, 204, 429])
  })
})
