import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { EMAIL, ownerOf, PASSWORD } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'
import { type Redis, startRedis } from '../servers/redis.ts'
import { until } from '../servers/until.ts'

/** A reader's address is nowhere to be found after the visit: not in Redis, its files, the database or the log. */

/** Readers behind a proxy on this machine; the IPv6 one is looked for by its network, too. */
const READERS = ['203.0.113.77', '2001:db8:77:4242::9']
const TRACES = ['203.0.113.77', '2001:db8:77', 'cb00714d']
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

const open: { stop(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop()
})

/** Reads, writes, logs in and fails to, as two readers. */
async function visit(pitchbeat: Pitchbeat): Promise<void> {
  const owner = await ownerOf(pitchbeat)
  const { id } = await owner.campaign()
  const [link] = await owner.links(id, ['Acme'])
  const page = `${pitchbeat.url}/p/${link!.slug}`
  for (const reader of READERS) {
    const headers = { 'User-Agent': BROWSER, 'X-Forwarded-For': reader }
    await fetch(page, { headers })
    const { ticket } = await (await fetch(`${page}/ticket`, { headers })).json()
    const beat = await fetch(`${page}/beat`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'text/plain' },
      body: JSON.stringify({
        v: 1,
        ticket,
        session: uuidv7(),
        state: 'reading',
        input: true,
        automated: false,
        views: [{ id: uuidv7(), page: 'summary', active_ms: 900, scroll: 40, parts: {} }],
        events: [],
      }),
    })
    expect(beat.status).toBe(204)
    const lead = { lead_id: uuidv7(), name: 'Ana', email: 'ana@acme.example', message: 'Hello' }
    await fetch(`${page}/contact`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(lead),
      redirect: 'manual',
    })
    for (const password of ['wrong-password', PASSWORD])
      await fetch(`${pitchbeat.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', Origin: pitchbeat.url },
        body: JSON.stringify({ email: EMAIL, password }),
      })
  }
  await until('the readers are in the figures', async () => {
    const { items } = await owner.api<{ items: unknown[] }>('GET', `/api/campaigns/${id}/sessions`)
    return items.length === READERS.length
  })
}

/** Every file below a folder in which an address stands. */
function filesWithTraces(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .filter(path => {
      const bytes = readFileSync(path)
      return TRACES.some(trace => bytes.includes(trace))
    })
}

const tracesIn = (text: string) => TRACES.filter(trace => text.includes(trace))

describe('no address of a reader is left', () => {
  it('in PostgreSQL, in Redis and its files, or in the log', async () => {
    const postgres: Postgres = await startPostgres()
    open.push(postgres)
    const redis: Redis = await startRedis({ fsync: 'always' })
    open.push(redis)
    const DATABASE_URL = await postgres.createDatabase('addresses')
    const pitchbeat = await startPitchbeat({
      env: { DATABASE_URL, REDIS_URL: redis.url, TRUSTED_PROXIES: '127.0.0.1/32', LOG_LEVEL: 'debug' },
    })
    open.push(pitchbeat)
    await visit(pitchbeat)
    await until('the limiters told Redis', () => redis.cli('keys', 'pitchbeat:collect:*') !== '')
    const keys = redis.cli('keys', '*')
    expect(keys).toContain('pitchbeat:login:')
    redis.cli('save')
    expect(tracesIn(keys)).toEqual([])
    expect(filesWithTraces(redis.dir)).toEqual([])
    expect(tracesIn(execFileSync('pg_dump', [DATABASE_URL], { encoding: 'utf8', maxBuffer: 1e9 }))).toEqual(
      [],
    )
    expect(tracesIn([...pitchbeat.stdout, ...pitchbeat.stderr].join('\n'))).toEqual([])
  })

  it('in the folder of the embedded database, or in the log', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'pitchbeat-addresses-'))
    open.push({ stop: async () => rmSync(dataDir, { recursive: true, force: true }) })
    const env = { TRUSTED_PROXIES: '127.0.0.1/32', LOG_LEVEL: 'debug' }
    const pitchbeat = await startPitchbeat({ env, dataDir })
    open.push(pitchbeat)
    await visit(pitchbeat)
    await pitchbeat.terminate()
    expect(filesWithTraces(dataDir)).toEqual([])
    expect(tracesIn([...pitchbeat.stdout, ...pitchbeat.stderr].join('\n'))).toEqual([])
  })
})
