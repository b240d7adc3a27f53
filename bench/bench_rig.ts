import type pg from 'pg'
import { migrate } from '../src/store/migrate.ts'
import { openPostgres } from '../src/store/postgres.ts'
import type { LinkOfLoad } from '../tests/faults/load.ts'
import { type Pitchbeat, startPitchbeat } from '../tests/servers/pitchbeat.ts'
import { type Postgres, startPostgres } from '../tests/servers/postgres.ts'
import { type Redis, startRedis } from '../tests/servers/redis.ts'

export const SECRET = 'a secret of the bench, long enough to be taken'

/** PostgreSQL as an operator would run it on such a machine, Redis with AOF everysec, and roles as processes. */
export interface BenchRig {
  postgres: Postgres
  redis: Redis | null
  databaseUrl: string
  pool: pg.Pool
  links: LinkOfLoad[]
  env: Record<string, string>
  web(): Promise<Pitchbeat>
  worker(): Promise<Pitchbeat>
  stop(): Promise<void>
}

export async function startBench(options: { redis: boolean; campaigns?: number }): Promise<BenchRig> {
  const postgres = await startPostgres({
    settings: { shared_buffers: '1GB', max_wal_size: '4GB', checkpoint_timeout: '15min' },
  })
  const redis = options.redis ? await startRedis() : null
  const databaseUrl = await postgres.createDatabase('pitchbeat')
  const store = await openPostgres(databaseUrl)
  await migrate(store.pool)
  const { rows: links } = await store.pool.query<LinkOfLoad>(
    `with project as (
       insert into pitchbeat.projects (owner_id, name) values ('owner', 'Bench') returning id
     ), campaigns as (
       insert into pitchbeat.campaigns (project_id, owner_id, title)
       select project.id, 'owner', 'Campaign ' || n from project, generate_series(1, $1::int) n returning id
     ), links as (
       insert into pitchbeat.links (campaign_id, slug, label)
       select id, 'bench-' || substr(md5(id::text), 1, 20), 'Link' from campaigns returning id, campaign_id, slug
     )
     select campaign_id, id as link_id, slug from links`,
    [options.campaigns ?? 100],
  )
  const env = {
    DATABASE_URL: databaseUrl,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    SECRET,
    LIMIT_FACTOR: '1000000',
    QUEUE_MAX: '100000000',
  }
  const started: Pitchbeat[] = []
  const start = async (role: 'web' | 'worker') => {
    const ready = role === 'web' ? /^studio: / : /worker started/
    const pitchbeat = await startPitchbeat({ env, args: ['--role', role], ready })
    started.push(pitchbeat)
    return pitchbeat
  }
  return {
    postgres,
    redis,
    databaseUrl,
    pool: store.pool,
    links,
    env,
    web: () => start('web'),
    worker: () => start('worker'),
    async stop() {
      for (const pitchbeat of started) await pitchbeat.stop()
      await store.close()
      await redis?.stop()
      await postgres.stop()
    },
  }
}
