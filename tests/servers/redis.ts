import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import { freePort } from './free_port.ts'
import { until } from './until.ts'

export interface RedisOptions {
  /** append-only file, fsynced every second; true unless told otherwise */
  appendonly?: boolean
  fsync?: 'always' | 'everysec' | 'no'
  /** such as `50mb` */
  maxmemory?: string
  /** eviction, `noeviction` unless told otherwise */
  policy?: string
  /** an existing folder to work in; it is then not removed */
  dir?: string
  port?: number
  /** more of redis.conf, by name */
  settings?: Record<string, string>
}

/** A Redis of its own in a temporary folder, on loopback. */
export interface Redis {
  url: string
  port: number
  dir: string
  readonly pid: number
  /** Runs redis-cli against it and answers what it printed. */
  cli(...args: string[]): string
  /** kill −9, and waits until it is gone. */
  kill9(): Promise<void>
  /** Stops it for a moment (SIGSTOP): connections stay open and nothing answers. */
  freeze(): void
  thaw(): void
  /** Starts it again after `kill9`, same port and folder; `changed` overrides options. */
  start(changed?: RedisOptions): Promise<void>
  /** Stops it and removes its folder. */
  stop(): Promise<void>
}

export async function startRedis(options: RedisOptions = {}): Promise<Redis> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'pitchbeat-redis-'))
  const port = options.port ?? (await freePort())
  const cli = (...args: string[]) =>
    execFileSync('redis-cli', ['-p', String(port), ...args], {
      encoding: 'utf8',
      timeout: 5_000,
      stdio: 'pipe',
    }).trim()
  let child: Child
  const start = async (changed: RedisOptions = {}) => {
    child = startChild(['redis-server', ...flags({ ...options, ...changed }, port, dir)], { cwd: dir })
    await until(`Redis on port ${port}`, () => !child.running() || cli('ping') === 'PONG')
    if (!child.running()) throw new Error(`Redis did not start:\n${child.stdout.join('\n')}`)
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    child.kill('SIGCONT')
    await child.gone
  }
  await start()

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    dir,
    get pid() {
      return child.pid
    },
    cli,
    kill9: () => end('SIGKILL'),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    start,
    async stop() {
      if (child.running()) await end('SIGTERM')
      if (!options.dir) rmSync(dir, { recursive: true, force: true })
    },
  }
}

function flags(options: RedisOptions, port: number, dir: string): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    save: '',
    appendonly: options.appendonly === false ? 'no' : 'yes',
    appendfsync: options.fsync ?? 'everysec',
    'maxmemory-policy': options.policy ?? 'noeviction',
    ...(options.maxmemory ? { maxmemory: options.maxmemory } : {}),
    ...options.settings,
  }
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
}

/** A Redis Cluster of `masters` nodes without replicas. `url` names all nodes, separated by commas. */
export interface RedisCluster {
  url: string
  nodes: Redis[]
  stop(): Promise<void>
}

export async function startRedisCluster(masters = 3): Promise<RedisCluster> {
  const nodes: Redis[] = []
  for (let i = 0; i < masters; i++) {
    const settings = {
      'cluster-enabled': 'yes',
      'cluster-port': String(await freePort()),
      'cluster-node-timeout': '2000',
    }
    nodes.push(await startRedis({ settings }))
  }
  const addresses = nodes.map(node => `127.0.0.1:${node.port}`)
  execFileSync('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes'], {
    timeout: 30_000,
    stdio: 'pipe',
  })
  await until('the cluster to cover all slots', () =>
    nodes.every(node => node.cli('cluster', 'info').includes('cluster_state:ok')),
  )
  return {
    url: nodes.map(node => node.url).join(','),
    nodes,
    stop: async () => {
      await Promise.all(nodes.map(node => node.stop()))
    },
  }
}
