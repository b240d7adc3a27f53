import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A process of ours, with what it said. */
export interface Child {
  pid: number
  /** all lines so far, of stdout and stderr apart */
  stdout: string[]
  stderr: string[]
  /** resolves with exit code and signal once the process is gone */
  gone: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  running(): boolean
  kill(signal: NodeJS.Signals): void
  /** Resolves with the first line of stdout or stderr, past ones included, that `wanted` accepts. */
  line(wanted: RegExp, timeoutMs?: number): Promise<string>
}

const running = new Map<number, { child: ChildProcess; name: string }>()

/** On Linux the kernel kills the child when its parent dies, however it dies: no server survives a crashed test. */
const LEASH = '/usr/bin/setpriv'

/**
 * Starts a process that this test file must stop itself: one that is still there after the file's last test fails it.
 * @param options.user runs as this system user (needs root)
 */
export function startChild(
  command: string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; user?: string } = {},
): Child {
  const as = options.user ? ['--reuid', options.user, '--regid', options.user, '--init-groups'] : []
  const leash = existsSync(LEASH) ? [LEASH, ...as, '--pdeathsig', 'KILL'] : []
  const [program = '', ...args] = [...leash, ...command]
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.cwd ? { cwd: options.cwd } : {}),
  })
  const pid = child.pid
  if (pid === undefined) throw new Error(`${command[0]} could not be started`)
  running.set(pid, { child, name: command.join(' ').slice(0, 120) })

  const stdout: string[] = []
  const stderr: string[] = []
  const waiting = new Set<(line: string | null) => void>()
  const listen = (lines: string[], line: string) => {
    lines.push(line)
    for (const wake of waiting) wake(line)
  }
  createInterface({ input: child.stdout }).on('line', line => listen(stdout, line))
  createInterface({ input: child.stderr }).on('line', line => listen(stderr, line))
  const gone = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(resolve =>
    child.once('close', (code, signal) => {
      running.delete(pid)
      for (const wake of waiting) wake(null)
      resolve({ code, signal })
    }),
  )
  const said = () => [...stdout, ...stderr].slice(-40).join('\n')

  return {
    pid,
    stdout,
    stderr,
    gone,
    running: () => running.has(pid),
    kill: signal => void child.kill(signal),
    line: (wanted, timeoutMs = 60_000) =>
      new Promise((resolve, reject) => {
        const found = [...stdout, ...stderr].find(line => wanted.test(line))
        if (found !== undefined) return resolve(found)
        const timer = setTimeout(() => settle(`said nothing like ${wanted} in ${timeoutMs} ms`), timeoutMs)
        const wake = (line: string | null) => {
          if (line === null) settle(`ended before it said ${wanted}`)
          else if (wanted.test(line)) settle(null, line)
        }
        const settle = (problem: string | null, line = '') => {
          clearTimeout(timer)
          waiting.delete(wake)
          if (problem === null) resolve(line)
          else reject(new Error(`${command.slice(0, 3).join(' ')} ${problem}:\n${said()}`))
        }
        waiting.add(wake)
        if (!running.has(pid)) wake(null)
      }),
  }
}

/** Kills what is left and answers its names; empty where every process was stopped by whoever started it. */
function leftOvers(): string[] {
  return [...running.values()].map(({ child, name }) => {
    child.kill('SIGKILL')
    return `${child.pid}: ${name}`
  })
}

process.on('exit', leftOvers)
if (process.env.VITEST) {
  const { afterAll } = await import('vitest')
  // Registered while the test file is imported, so before its own hooks, and therefore run after all of them.
  afterAll(() => {
    const names = leftOvers()
    if (names.length > 0) throw new Error(`outlived this test file:\n${names.join('\n')}`)
  })
}
