import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../src/store/read_sql.ts'
import { bundle } from './bundle.ts'
import { type Child, startChild } from './child.ts'
import { freePort } from './free_port.ts'

export interface PitchbeatOptions {
  /** settings; DATABASE_URL, REDIS_URL and SECRET go here too */
  env?: Record<string, string>
  /** `start` unless told otherwise */
  command?: 'start' | 'demo'
  /** after the command, such as `['--role', 'worker']` */
  args?: string[]
  /** runs dist/main.js as `npm start` does; otherwise the sources, bundled for this test file */
  bundled?: boolean
  /** an installation elsewhere than here, with its own dist/ and sql/; `bundled` */
  folder?: string
  /** the line of stdout or stderr that says it is ready */
  ready?: RegExp
  /** an existing data folder; it is then not removed */
  dataDir?: string
  port?: number
}

const SETUP = 'set-up code: '

/** A started Pitchbeat: the real process, on a free port, with a data folder of its own. */
export interface Pitchbeat {
  url: string
  port: number
  dataDir: string
  readonly pid: number
  readonly stdout: string[]
  readonly stderr: string[]
  /** the one-time code, once it was printed (`line` waits for it), which is only while there is no owner */
  readonly setupCode: string | null
  /** Waits for a line of its output. */
  line(wanted: RegExp): Promise<string>
  running(): boolean
  kill(signal: NodeJS.Signals): void
  /** kill −9, and waits until it is gone. */
  kill9(): Promise<void>
  /** Starts it again after its end, same port and folder. */
  start(): Promise<void>
  /** SIGTERM; answers the exit code. */
  terminate(): Promise<number | null>
  /** Terminates it where it still runs and removes its folder. */
  stop(): Promise<void>
}

export async function startPitchbeat(options: PitchbeatOptions = {}): Promise<Pitchbeat> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'pitchbeat-data-'))
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const program = options.bundled ? 'dist/main.js' : await bundle()
  let child: Child
  const start = async () => {
    child = startChild(
      ['node', '--enable-source-maps', program, options.command ?? 'start', ...(options.args ?? [])],
      {
        cwd: options.folder ?? packageRoot,
        env: {
          // Not the whole environment: settings of whoever runs the tests must not reach it.
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          TMPDIR: tmpdir(),
          HOST: '127.0.0.1',
          PORT: String(port),
          INTERNAL_PORT: '0',
          BASE_URL: url,
          DATA_DIR: dataDir,
          ...options.env,
        },
      },
    )
    // A first start makes a database: 5 s of CPU, and a machine may have little to give.
    await child.line(options.ready ?? /^studio: /, 180_000)
  }
  await start()

  return {
    url,
    port,
    dataDir,
    get pid() {
      return child.pid
    },
    get stdout() {
      return child.stdout
    },
    get stderr() {
      return child.stderr
    },
    get setupCode() {
      const said = child.stdout.find(line => line.startsWith(SETUP))
      return said?.slice(SETUP.length).trim() ?? null
    },
    line: wanted => child.line(wanted),
    running: () => child.running(),
    kill: signal => child.kill(signal),
    async kill9() {
      child.kill('SIGKILL')
      await child.gone
    },
    start,
    async terminate() {
      child.kill('SIGTERM')
      return (await child.gone).code
    },
    async stop() {
      if (child.running()) {
        child.kill('SIGTERM')
        await child.gone
      }
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
