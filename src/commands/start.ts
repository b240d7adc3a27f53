import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { defineCommand } from 'citty'
import { expireLogins } from '../accounts/expire_logins.ts'
import { readConfig } from '../config.ts'
import { internalApp } from '../http/health.ts'
import { createMetrics } from '../http/metrics.ts'
import { close, listen } from '../http/server.ts'
import { opensLost } from '../pages/record_open.ts'
import { startWorker, type Worker } from '../worker/worker.ts'
import { assemble } from './serve.ts'
import { standingOf } from './standing.ts'
import type { OpenSystem, System } from './system.ts'

/** How long a load balancer has to see that readiness fails before connections are refused. */
const NOTICE_MS = 1_000
/** Answers still under way after this are cut; the whole stop stays below 10 s. */
const GRACE_MS = 6_000

/** Where each role serves `/health` and `/metrics` unless INTERNAL_PORT says otherwise; 9464 is what exporters use. */
const INTERNAL_PORT = { web: 9_464, worker: 9_465 }

export function startCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: { name: 'start', description: 'Serve pages, API and studio, and save what comes in.' },
    args: {
      role: { type: 'enum', options: ['web', 'worker'], description: 'Only this role; default: both.' },
    },
    async run({ args }) {
      const system = await openSystem(readConfig())
      await run(system, args.role ? [args.role as 'web' | 'worker'] : ['web', 'worker'])
    },
  })
}

/**
 * Runs the roles until SIGTERM or SIGINT, then stops in the order that loses nothing: fail readiness, stop taking
 * requests, finish what is under way, stop the worker, close queue and database.
 * @param announce prints further lines once the server listens (the demo's login)
 */
export async function run(
  system: System,
  roles: readonly ('web' | 'worker')[],
  announce: () => void | Promise<void> = () => {},
): Promise<void> {
  const { config, log, queue, store } = system
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  let going = false
  let worker: Worker | undefined
  const standing = () => standingOf(system, worker, going)
  const metrics = createMetrics({
    depth: () => queue.depth(),
    standing,
    ...(roles.includes('web') && { opensLost }),
  })
  const internal = await serveInternally()
  if (roles.includes('worker')) {
    worker = startWorker({
      queue,
      database: store.database,
      log,
      leaseMs: config.LEASE_MS,
      pace: system.pace,
      expireLogins: () => expireLogins(store.pool),
    })
    log.info('worker started')
  }
  const web = roles.includes('web') ? await serveWeb() : undefined

  async function serveWeb() {
    const { app, accounts } = assemble(system, standing, metrics)
    const { server, port } = await listen(app, { host: config.HOST, port: config.PORT }).catch(error => {
      throw cannotListen(error, 'PORT', config.PORT, config.HOST)
    })
    const address = config.PORT === 0 ? `http://localhost:${port}` : config.BASE_URL
    const code = (await accounts.needsOwner()) ? `set-up code: ${await accounts.setupCode()}\n` : ''
    process.stdout.write(`studio: ${address}/studio/\n${code}`)
    return server
  }

  async function serveInternally() {
    const app = internalApp({ roles, standing, metrics: metrics.read })
    const host = config.INTERNAL_HOST
    const wanted = config.INTERNAL_PORT ?? INTERNAL_PORT[roles.includes('web') ? 'web' : 'worker']
    const { server, port } = await listen(app, { host, port: wanted }).catch(error => {
      // nobody chose that port: a second instance on this machine takes another
      if (config.INTERNAL_PORT === undefined && error.code === 'EADDRINUSE')
        return listen(app, { host, port: 0 })
      throw cannotListen(error, 'INTERNAL_PORT', wanted, host)
    })
    log.info(`health and metrics of this process: http://${host}:${port}/health and /metrics`)
    return server
  }

  await announce()
  await stopped
  going = true
  log.info('stopping')
  if (web) {
    await wait(NOTICE_MS)
    await close(web, GRACE_MS)
  }
  await worker?.stop()
  await close(internal, 0)
  await system.close()
  process.exit(0)
}

/** Why a port cannot be listened on, and what to do, by the name of its setting. */
function cannotListen(
  { code, message }: NodeJS.ErrnoException,
  setting: 'PORT' | 'INTERNAL_PORT',
  port: number,
  host: string,
): Error {
  const sentence =
    code === 'EADDRINUSE'
      ? `${setting} ${port} is in use. Stop what uses it, or set ${setting} to another one.`
      : code === 'EACCES'
        ? `${setting} ${port} may not be used by this user. Set ${setting} to one above 1023.`
        : `${setting} ${port} at ${host}: ${message}`
  return Object.assign(new Error(sentence), { expected: true })
}
