import type pg from 'pg'
import { expect, vi } from 'vitest'
import { migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { runCommand } from '../servers/command.ts'
import { type Pitchbeat, type PitchbeatOptions, startPitchbeat } from '../servers/pitchbeat.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'
import { type Redis, type RedisOptions, startRedis } from '../servers/redis.ts'
import { until } from '../servers/until.ts'
import { conservation } from './conservation.ts'
import { Ledger } from './ledger.ts'
import { type LinkOfLoad, type LoadRequest, makeLoad, type Talk } from './load.ts'
import { type Random, seeded } from './random.ts'

export const SECRET = 'a secret that outlives every process of a test'
/** Real processes start and die in each of these tests; on a busy machine that takes long. */
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 })

/** Short, so that a test sees leases pass. */
export const LEASE_MS = 2_000
/** Fewest items a fault is held to. */
export const ENOUGH = 20_000

/** Real servers, and Pitchbeat's roles as real processes on them. */
export interface Rig {
  postgres: Postgres
  /** null where the queue is the table */
  redis: Redis | null
  /** the login role's connections of the test itself */
  pool: pg.Pool
  random: Random
  ledger: Ledger
  links: LinkOfLoad[]
  load(sessions: number, talk?: Talk): LoadRequest[]
  web(options?: PitchbeatOptions): Promise<Pitchbeat>
  worker(options?: PitchbeatOptions): Promise<Pitchbeat>
  /** Both roles in one process. */
  all(options?: PitchbeatOptions): Promise<Pitchbeat>
  /** Runs a command of the command line on the same servers. */
  command(...args: string[]): ReturnType<typeof runCommand>
  /** entries not acknowledged, asked of the queue itself */
  depth(): Promise<number>
  /** Waits until the queue is empty, then holds the facts to the conservation law. */
  settle(excused?: ReadonlySet<string>): Promise<void>
  stop(): Promise<void>
}

/**
 * @param name of the fault, printed with the seed
 * @param options.redis false for the table queue
 * @param options.redisUrl where the roles find Redis, such as a proxy in front of it
 * @param options.postgresPort the same for PostgreSQL; the test itself asks it directly
 */
export async function startRig(
  name: string,
  options: {
    redis?: RedisOptions | false
    postgres?: Parameters<typeof startPostgres>[0]
    redisUrl?(redis: Redis): Promise<string> | string
    postgresPort?(postgres: Postgres): Promise<number>
  } = {},
): Promise<Rig> {
  const random = seeded(name)
  const postgres = await startPostgres(options.postgres)
  const redis = options.redis === false ? null : await startRedis({ fsync: 'always', ...options.redis })
  const redisUrl = redis && (await (options.redisUrl ? options.redisUrl(redis) : redis.url))
  const databaseUrl = await postgres.createDatabase('pitchbeat')
  const store = await openPostgres(databaseUrl)
  await migrate(store.pool)
  const links = await makeLinks(store.pool)
  const ledger = new Ledger()
  const started: Pitchbeat[] = []

  const rolesUrl = new URL(databaseUrl)
  if (options.postgresPort) rolesUrl.port = String(await options.postgresPort(postgres))
  const env = {
    DATABASE_URL: rolesUrl.href,
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    SECRET,
    LIMIT_FACTOR: '10000',
    LEASE_MS: String(LEASE_MS),
  }
  const start = async (role: 'web' | 'worker' | 'all', more: PitchbeatOptions = {}) => {
    const pitchbeat = await startPitchbeat({
      ...more,
      args: role === 'all' ? [] : ['--role', role],
      ready: role === 'worker' ? /worker started/ : /^studio: /,
      env: { ...env, ...more.env },
    })
    started.push(pitchbeat)
    return pitchbeat
  }
  const depth = async () => {
    if (redis) return redisDepth(redis)
    const { rows } = await store.pool.query('select count(*)::int as n from internal.inbox')
    return rows[0].n
  }

  return {
    postgres,
    redis,
    pool: store.pool,
    random,
    ledger,
    links,
    load: (sessions, talk) => makeLoad(random, { links, secret: SECRET, sessions, ...talk }),
    web: more => start('web', more),
    worker: more => start('worker', more),
    all: more => start('all', more),
    command: (...args) => runCommand(args, env),
    depth,
    async settle(excused) {
      await until('the queue to be empty', async () => (await depth()) === 0, {
        timeoutMs: 120_000,
        everyMs: 100,
      })
      const found = await conservation(store.pool, ledger, excused)
      process.stdout.write(`${name}: ${JSON.stringify(found)}\n`)
      expect(found.broken).toEqual([])
    },
    async stop() {
      for (const pitchbeat of started) {
        pitchbeat.kill('SIGCONT')
        await pitchbeat.kill9()
        await pitchbeat.stop()
      }
      await store.close()
      await redis?.stop()
      await postgres.stop()
    },
  }
}

/** Pending and never delivered, of the one stream of a single server. */
function redisDepth(redis: Redis): number {
  const groups = redis.cli('xinfo', 'groups', 'pitchbeat:{0}').split('\n')
  const of = (name: string) => Number(groups[groups.indexOf(name) + 1])
  if (groups.includes('pending')) return of('pending') + of('lag')
  return Number(redis.cli('xlen', 'pitchbeat:{0}'))
}

/** Five campaigns of one owner, two links each, straight into the tables. */
async function makeLinks(pool: pg.Pool): Promise<LinkOfLoad[]> {
  const { rows } = await pool.query<LinkOfLoad>(
    `with project as (
       insert into pitchbeat.projects (owner_id, name) values ('owner', 'Faults') returning id
     ), campaigns as (
       insert into pitchbeat.campaigns (project_id, owner_id, title)
       select project.id, 'owner', 'Campaign ' || n from project, generate_series(1, 5) n returning id
     ), links as (
       insert into pitchbeat.links (campaign_id, slug, label)
       select c.id, 'fault-' || substr(md5(c.id::text || n), 1, 20), 'Link ' || n
       from campaigns c, generate_series(1, 2) n returning id, campaign_id, slug
     )
     select campaign_id, id as link_id, slug from links`,
  )
  return rows
}
