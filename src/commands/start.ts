import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { defineCommand } from 'citty'
import { expireLogins } from '../accounts/expire_logins.ts'
import { readConfig } from '../config.ts'
import { close, listen } from '../http/server.ts'
import { startWorker } from '../worker/worker.ts'
import { assemble } from './serve.ts'
import type { OpenSystem, System } from './system.ts'

/** How long a load balancer has to see that readiness fails before connections are refused. */
const NOTICE_MS = 1_000
/** Answers still under way after this are cut; the whole stop stays below 10 s. */
const GRACE_MS = 6_000

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
  const worker = roles.includes('worker')
    ? startWorker({
        queue,
        database: store.database,
        log,
        leaseMs: config.LEASE_MS,
        pace: system.pace,
        expireLogins: () => expireLogins(store.pool),
      })
    : undefined
  if (worker) log.info('worker started')
  const web = roles.includes('web') ? await serveWeb() : undefined

  async function serveWeb() {
    const { app, accounts } = assemble(system, worker, () => going)
    const { server, port } = await listen(app, { host: config.HOST, port: config.PORT }).catch(error => {
      throw Object.assign(new Error(listenSentence(error, config)), { expected: true })
    })
    const address = config.PORT === 0 ? `http://localhost:${port}` : config.BASE_URL
    const code = (await accounts.needsOwner()) ? `set-up code: ${await accounts.setupCode()}\n` : ''
    process.stdout.write(`studio: ${address}/studio/\n${code}`)
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
  await system.close()
  process.exit(0)
}

function listenSentence(error: NodeJS.ErrnoException, config: { HOST: string; PORT: number }): string {
  if (error.code === 'EADDRINUSE')
    return `PORT ${config.PORT} is in use. Stop what uses it, or set PORT to another one.`
  if (error.code === 'EACCES')
    return `PORT ${config.PORT} may not be used by this user. Set PORT to one above 1023.`
  return `HOST ${config.HOST}, PORT ${config.PORT}: ${error.message}`
}
