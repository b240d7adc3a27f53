import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisQueue } from '../../src/queue/redis.ts'
import { type Rig, startRig } from '../faults/rig.ts'
import { post, sendAll } from '../faults/send.ts'
import { freePort } from '../servers/free_port.ts'
import { until } from '../servers/until.ts'

/** A Redis that speaks TLS, with a certificate for `localhost` of an authority nobody knows. */
const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-tls-'))
const at = (name: string) => join(folder, name)
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })

let rig: Rig
let tlsPort: number
beforeAll(async () => {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Test authority')
  openssl(
    'req',
    ...key.slice(0, 4),
    '-keyout',
    'redis.key',
    '-out',
    'redis.csr',
    '-subj',
    '/CN=redis',
    '-nodes',
    '-addext',
    'subjectAltName=DNS:localhost',
  )
  openssl(
    'x509',
    '-req',
    '-in',
    'redis.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-copy_extensions',
    'copy',
    '-out',
    'redis.crt',
  )
  tlsPort = await freePort()
  rig = await startRig('TLS', {
    redis: {
      settings: {
        'tls-port': String(tlsPort),
        'tls-cert-file': at('redis.crt'),
        'tls-key-file': at('redis.key'),
        'tls-ca-cert-file': at('ca.crt'),
        'tls-auth-clients': 'no',
      },
    },
    redisUrl: () => `rediss://localhost:${tlsPort}`,
  })
})
afterAll(async () => {
  await rig?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const trusting = { env: { NODE_EXTRA_CA_CERTS: at('ca.crt') } }

test('rediss:// carries the queue, blocking reads and limits included, and finds Redis again after a restart', async () => {
  const web = await rig.web(trusting)
  await rig.worker(trusting)
  let killed: Promise<void> | undefined
  const load = rig.load(60)
  await sendAll(load, rig.ledger, {
    url: () => web.url,
    onAck: acked => {
      if (acked > load.length / 2) killed ??= rig.redis!.kill9().then(() => rig.redis!.start())
    },
  })
  await killed
  await rig.settle()
  expect(rig.redis!.cli('keys', 'pitchbeat:collect:*')).not.toBe('')
})

test('a certificate that nobody vouches for is not accepted: collect refuses, and nothing goes there', async () => {
  const web = await rig.web()
  const [request] = rig.load(1)
  const before = rig.redis!.cli('xlen', 'pitchbeat:{0}')
  expect(await post(web.url, request!)).toBe(503)
  await until('it to be said', () => web.stderr.some(line => /certificate/.test(line)))
  expect(rig.redis!.cli('xlen', 'pitchbeat:{0}')).toBe(before)
})

test('a server that speaks TLS and is asked without it: the start is not held up, collect refuses', async () => {
  const plain = { env: { REDIS_URL: `redis://127.0.0.1:${tlsPort}` } }
  const web = await rig.web(plain)
  expect(await post(web.url, rig.load(1)[0]!)).toBe(503)
})

test('says the name it wants to speak to, by which providers tell one Redis from another', async () => {
  const named = new Promise<string>(resolve => {
    const files = { key: readFileSync(at('redis.key')), cert: readFileSync(at('redis.crt')) }
    const server = createServer({
      ...files,
      SNICallback(name, go) {
        resolve(name)
        go(null)
      },
    })
    server.on('tlsClientError', () => {})
    server.listen(0, '127.0.0.1', async () => {
      const queue = await redisQueue(`rediss://localhost:${(server.address() as AddressInfo).port}`)
      await queue.close()
      server.close()
    })
  })
  expect(await named).toBe('localhost')
})
