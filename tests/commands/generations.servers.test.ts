import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { ownGeneration } from '../../src/store/generation.ts'
import { packageRoot } from '../../src/store/read_sql.ts'
import { ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, type PitchbeatOptions, startPitchbeat } from '../servers/pitchbeat.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'
import { until } from '../servers/until.ts'

/**
 * Parts of different generations on one database. The newer one is an installation of its own, a copy of this one with the
 * next number and another rule: for it a session is Actual after 20 s instead of 10.
 */

const OLD = ownGeneration()
const NEXT = OLD.generation + 1
let postgres: Postgres
let newer: string
let databaseUrl: string
let running: Pitchbeat[] = []
beforeAll(async () => {
  postgres = await startPostgres({ fsync: false })
  newer = mkdtempSync(join(tmpdir(), 'pitchbeat-newer-'))
  for (const part of ['dist', 'sql', 'src', 'package.json'])
    cpSync(join(packageRoot, part), join(newer, part), { recursive: true })
  symlinkSync(join(packageRoot, 'node_modules'), join(newer, 'node_modules'))
  const rule = join(newer, 'sql/rules/is_actual.sql')
  const text = readFileSync(rule, 'utf8')
  expect(text).toContain('10000')
  writeFileSync(rule, text.replace('10000', '20000'))
  generation({})
})
afterAll(async () => {
  rmSync(newer, { recursive: true, force: true })
  await postgres?.stop()
})
beforeEach(async () => {
  databaseUrl = await postgres.createDatabase(`generations_${Date.now()}`)
})
afterEach(async () => {
  for (const one of running) await one.stop()
  running = []
})

/** What the newer installation says of itself. */
function generation(more: { oldest?: number }) {
  writeFileSync(join(newer, 'sql/generation.json'), JSON.stringify({ ...OLD, generation: NEXT, ...more }))
}

async function start(options: PitchbeatOptions): Promise<Pitchbeat> {
  const one = await startPitchbeat({
    bundled: true,
    ...options,
    env: { DATABASE_URL: databaseUrl, SECRET: 'a secret that both installations share, long enough' },
  })
  running.push(one)
  return one
}
const web = (folder?: string) => start({ args: ['--role', 'web'], ...(folder && { folder }) })
const worker = (folder?: string) =>
  start({ args: ['--role', 'worker'], ready: /worker started/, ...(folder && { folder }) })

async function ask<Row>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
const threshold = async () => {
  const [row] = await ask<{ text: string }>(
    `select pg_get_functiondef('pitchbeat.is_actual'::regproc) as text`,
  )
  return /[12]0000/.exec(row!.text)![0]
}

/** A visit of 15 s through `web`: Actual by the old rule, New by the newer one. */
async function visitOf15Seconds(web: Pitchbeat) {
  await web.line(/set-up code/)
  const owner = await ownerOf(web)
  const { id } = await owner.campaign()
  const [link] = await owner.links(id, ['Acme'])
  const { pathname } = new URL(link!.url)
  const headers = {
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  }
  expect((await fetch(web.url + pathname, { headers })).status).toBe(200)
  const { ticket } = await (await fetch(`${web.url}${pathname}/ticket`, { headers })).json()
  const batch = (active_ms: number) => ({
    v: 1,
    ticket,
    session: '01990000-0000-7000-8000-000000000001',
    state: 'reading',
    input: true,
    automated: false,
    views: [
      { id: '01990000-0000-7000-8000-000000000002', page: 'summary', active_ms, scroll: 50, parts: {} },
    ],
    events: [],
  })
  for (const ms of [14_000, 15_000]) {
    const answer = await fetch(`${web.url}${pathname}/beat`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'text/plain' },
      body: JSON.stringify(batch(ms)),
    })
    expect(answer.status).toBe(204)
  }
  await until('it is saved', async () => {
    const rows = await ask('select from internal.sessions where active_ms = 15000')
    return rows.length === 1
  })
  // as if it had taken place: only time that passed is credited
  await ask(
    `update internal.sessions set served_at = served_at - interval '1 minute', started_at = started_at - interval '1 minute'`,
  )
  return owner.figures(id)
}

it('an old web beside a new worker publishes, serves and takes; the newer rules stay and decide', async () => {
  await worker(newer)
  expect(await threshold()).toBe('20000')
  const old = await web()
  await old.line(/rules, functions and views of a newer program stay/)
  expect(await threshold()).toBe('20000')
  expect(await visitOf15Seconds(old)).toMatchObject({ new_sessions: 1, actual_sessions: 0 })
})

it('a new web beside an old worker brings its rules, and what the old worker saves is judged by them', async () => {
  await worker()
  expect(await threshold()).toBe('10000')
  const figures = await visitOf15Seconds(await web(newer))
  expect(await threshold()).toBe('20000')
  expect(figures).toMatchObject({ new_sessions: 1, actual_sessions: 0 })
})

it('the same visit is Actual where both are of one generation', async () => {
  await worker()
  expect(await visitOf15Seconds(await web())).toMatchObject({ new_sessions: 0, actual_sessions: 1 })
})

it('an old program that starts again leaves the newer rules alone', async () => {
  const first = await web()
  expect(await threshold()).toBe('10000')
  await web(newer)
  expect(await threshold()).toBe('20000')
  await first.terminate()
  await first.start()
  expect(await threshold()).toBe('20000')
})

it('a program that is too old for its database ends, naming both', async () => {
  generation({ oldest: NEXT })
  await worker(newer)
  await expect(web()).rejects.toThrow(
    `This Pitchbeat is of generation ${OLD.generation}. Its database is of generation ${NEXT} and can be used from generation ${NEXT} on. Start a newer Pitchbeat.`,
  )
  generation({})
})
