import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../servers/free_port.ts'
import { ownerOf } from '../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../servers/pitchbeat.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'
import { type Redis, startRedis } from '../servers/redis.ts'
import { until } from '../servers/until.ts'
import { READER } from './wire.ts'

/** Web and worker as processes of their own: each says how it stands, and web learns from the queue whether saving goes on. */

const LEASE_MS = 1_000
let postgres: Postgres
let redis: Redis
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres({ fsync: false }), startRedis()])
})
afterAll(async () => {
  await redis?.stop()
  await postgres?.stop()
})

interface Health {
  status: number
  roles: string[]
  database: boolean
  queue: boolean
  worker_lag_s: number
  blocked: boolean
}

const layouts: Array<[string, () => Record<string, string>]> = [
  ['the queue in Redis', () => ({ REDIS_URL: redis.url })],
  ['the queue in a table', () => ({})],
]
describe.each(layouts)('%s', (name, more) => {
  let web: Pitchbeat
  let worker: Pitchbeat
  const ports = { web: 0, worker: 0 }
  let slug: string
  let databaseUrl: string
  beforeAll(async () => {
    databaseUrl = await postgres.createDatabase(name.replace(/\W/g, '_').toLowerCase())
    const SECRET = 'a secret that web and worker share, long enough'
    const env = { DATABASE_URL: databaseUrl, SECRET, LEASE_MS: String(LEASE_MS), ...more() }
    const start = async (role: 'web' | 'worker') => {
      ports[role] = await freePort()
      return startPitchbeat({
        args: ['--role', role],
        ready: role === 'web' ? /^studio: / : /worker started/,
        env: { ...env, INTERNAL_PORT: String(ports[role]) },
      })
    }
    web = await start('web')
    await web.line(/set-up code/)
    worker = await start('worker')
    const owner = await ownerOf(web)
    const { id } = await owner.campaign()
    const [link] = await owner.links(id, ['Acme'])
    slug = new URL(link!.url).pathname
  })
  afterAll(async () => {
    worker?.kill('SIGCONT')
    await worker?.stop()
    await web?.stop()
  })

  const health = async (role: 'web' | 'worker'): Promise<Health> => {
    const answer = await fetch(`http://127.0.0.1:${ports[role]}/health`)
    return { status: answer.status, ...((await answer.json()) as Omit<Health, 'status'>) }
  }
  const metric = async (role: 'web' | 'worker', metric: string) => {
    const text = await (await fetch(`http://127.0.0.1:${ports[role]}/metrics`)).text()
    return Number(new RegExp(`^pitchbeat_${metric} (.*)$`, 'm').exec(text)?.[1])
  }
  const ready = async () => {
    const answer = await fetch(`${web.url}/health/ready`)
    return { status: answer.status, ...((await answer.json()) as { worker_lag_s: number }) }
  }

  it('each says which role it has, that it is well, and what it measures, with no token', async () => {
    for (const role of ['web', 'worker'] as const) {
      expect(await health(role)).toMatchObject({ status: 200, roles: [role], database: true, queue: true })
      expect(await metric(role, 'queue_depth')).toBe(0)
      expect(await metric(role, 'worker_blocked')).toBe(0)
    }
    expect((await fetch(`${web.url}/metrics`)).status).toBe(401)
    expect((await fetch(`${web.url}/health`)).status).toBe(404)
  })

  it('with the worker stopped, web names the lag, takes and serves as before, and all is well again after it', async () => {
    worker.kill('SIGSTOP')
    const open = await fetch(web.url + slug, { headers: READER })
    expect(open.status).toBe(200)
    await until('the open is taken', async () => (await metric('web', 'queue_depth')) === 1)
    const first = (await ready()).worker_lag_s
    await until('the lag grows', async () => (await ready()).worker_lag_s > first + 0.5)
    await until('it has waited for longer than a lease', async () => (await health('web')).blocked)
    expect(await metric('web', 'worker_blocked')).toBe(1)
    expect(await metric('web', 'worker_lag_seconds')).toBeGreaterThan(LEASE_MS / 1_000)
    expect((await ready()).status).toBe(200)
    expect((await health('web')).status).toBe(200)
    expect((await fetch(web.url + slug, { headers: READER })).status).toBe(200)
    worker.kill('SIGCONT')
    await until('nothing waits', async () => (await ready()).worker_lag_s === 0)
    expect(await metric('web', 'worker_blocked')).toBe(0)
    expect((await health('worker')).status).toBe(200)
  })

  it('a worker whose saving does not go on says so', async () => {
    const database = new pg.Client({ connectionString: databaseUrl })
    await database.connect()
    await database.query('alter function internal.prepare_save(uuid[]) rename to prepared_save')
    await fetch(web.url + slug, { headers: READER })
    await until('the worker says that it is blocked', async () => (await health('worker')).blocked)
    expect((await health('worker')).status).toBe(503)
    await database.query('alter function internal.prepared_save(uuid[]) rename to prepare_save')
    await until('it goes on', async () => (await health('worker')).status === 200)
    await database.end()
  })
})

it('a port that is in use is refused by the name of its setting, unless nobody chose it', async () => {
  const taken = await freePort()
  const first = await startPitchbeat({ env: { INTERNAL_PORT: String(taken) } })
  await expect(startPitchbeat({ env: { INTERNAL_PORT: String(taken) } })).rejects.toThrow(
    `INTERNAL_PORT ${taken} is in use. Stop what uses it, or set INTERNAL_PORT to another one.`,
  )
  await first.stop()
})
