import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Child, startChild } from './child.ts'
import { freePort } from './free_port.ts'
import { until } from './until.ts'

/** A PostgreSQL of its own in a temporary folder, superuser `postgres` without a password, on loopback TCP. */
export interface Postgres {
  /** address of the database `postgres`; `createDatabase` answers addresses of others */
  url: string
  port: number
  /** of the postmaster; another one after `stopHard` and `start` */
  readonly pid: number
  running(): boolean
  /** what it logged since its last start */
  readonly log: string[]
  createDatabase(name: string): Promise<string>
  /** Ends it as a crash would: no checkpoint, so the next start recovers from the log. */
  stopHard(): Promise<void>
  /** Stops all of its processes for a moment (SIGSTOP): connections stay open, new ones too, and nothing answers. */
  freeze(): void
  thaw(): void
  /** Starts it again after `stopHard`, same port and folder. */
  start(): Promise<void>
  /** Stops it and removes its folder. */
  stop(): Promise<void>
}

const ROOT = '/usr/lib/postgresql'

/** The newest installed server's programs (Debian puts each major in a folder of its own). */
export function postgresBin(): string {
  const [newest] = readdirSync(ROOT).sort((a, b) => Number(b) - Number(a))
  if (!newest) throw new Error(`No PostgreSQL below ${ROOT}. Install the Debian package "postgresql".`)
  return join(ROOT, newest, 'bin')
}

/**
 * @param options.dir an existing folder to work in, such as a small disk of its own; it is then not removed
 * @param options.fsync false for suites that never kill it: commits then need no disk
 * @param options.settings more of postgresql.conf, by name
 */
export async function startPostgres(
  options: { dir?: string; fsync?: boolean; settings?: Record<string, string> } = {},
): Promise<Postgres> {
  const bin = postgresBin()
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'pitchbeat-postgres-'))
  // The server refuses to run as root.
  const user = process.getuid?.() === 0 ? 'postgres' : undefined
  if (user) {
    const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
    chownSync(dir, id('-u'), id('-g'))
  }
  const data = join(dir, 'data')
  const init = startChild(
    [
      join(bin, 'initdb'),
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-N',
    ],
    { cwd: dir, ...(user ? { user } : {}) },
  )
  const { code } = await init.gone
  if (code !== 0) throw new Error(`initdb failed:\n${init.stderr.join('\n')}`)

  const port = await freePort()
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dir,
    fsync: options.fsync === false ? 'off' : 'on',
    ...options.settings,
  }
  let child: Child
  const start = async () => {
    child = startChild(
      [
        join(bin, 'postgres'),
        '-D',
        data,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      { cwd: dir, ...(user ? { user } : {}) },
    )
    await until(`PostgreSQL on port ${port}`, async () => {
      if (!child.running()) return true
      await ask(url('postgres'), 'select 1')
      return true
    })
    if (!child.running()) throw new Error(`PostgreSQL did not start:\n${child.stderr.join('\n')}`)
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await child.gone
  }
  await start()

  return {
    url: url('postgres'),
    port,
    get pid() {
      return child.pid
    },
    get log() {
      return child.stderr
    },
    running: () => child.running(),
    async createDatabase(name) {
      await ask(url('postgres'), `create database "${name}"`)
      return url(name)
    },
    stopHard: () => end('SIGQUIT'),
    freeze: () => signalAll(child.pid, 'SIGSTOP'),
    thaw: () => signalAll(child.pid, 'SIGCONT'),
    start,
    async stop() {
      // a test that failed may have left it frozen
      if (child.running()) signalAll(child.pid, 'SIGCONT')
      if (child.running()) await end('SIGINT')
      if (!options.dir) rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The postmaster first, so that it makes no new ones meanwhile, then each of its processes. */
function signalAll(postmaster: number, signal: NodeJS.Signals): void {
  process.kill(postmaster, signal)
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
  for (const pid of children.split(' ').filter(Boolean)) process.kill(Number(pid), signal)
}

/** One statement on a connection of its own. */
async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
