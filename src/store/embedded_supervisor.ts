import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import { packageRoot } from './read_sql.ts'
import type { StoreLog } from './store.ts'

/** The port in a unix socket's name; no port is opened. */
const SOCKET_PORT = 5432
/** How often the watchdog asks, and how long it waits: an export may hold the one connection for a while. */
export const WATCH = { everyMs: 15_000, hungMs: 120_000, retryMs: 250 }
/** How often a database that does not start is tried again: with 250 ms, then twice as long each time, for two minutes. */
const TRIES = 10

/** Starts, watches and stops the embedded database's thread. */
export class EmbeddedThread {
  #worker: Worker | undefined
  #timer: NodeJS.Timeout | undefined
  #stopping = false
  #restarting = false
  #port = 0

  constructor(
    readonly dataDir: string,
    readonly socketDir: string | null,
    readonly log: StoreLog,
    readonly limits: typeof WATCH,
    readonly giveUp: (reason: Error) => void,
  ) {}

  /** Resolves when the database answers on the address given. */
  async start(): Promise<{ host: string; port: number }> {
    const listen = this.socketDir
      ? { path: join(this.socketDir, `.s.PGSQL.${SOCKET_PORT}`) }
      : { host: '127.0.0.1', port: this.#port }
    const worker = new Worker(pathToFileURL(join(packageRoot, 'src/store/embedded_thread.js')), {
      workerData: { dataDir: this.dataDir, listen },
    })
    this.#worker = worker
    const address = await new Promise<string>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('exit', code => reject(new Error(`the embedded database stopped with code ${code}`)))
      worker.once('message', message => resolve(message.address))
    })
    worker.removeAllListeners('error').removeAllListeners('exit')
    worker.on('error', error => this.log.error(`the embedded database failed: ${error.message}`))
    worker.on('exit', () => void this.#restart('its thread ended'))
    if (this.socketDir) return { host: this.socketDir, port: SOCKET_PORT }
    this.#port = Number(address.split(':').at(-1))
    return { host: '127.0.0.1', port: this.#port }
  }

  /** Asks for a row now and then; without an answer the thread is started anew. PGlite knows no cancel and no time-out. */
  watch(pool: pg.Pool): void {
    this.unwatch()
    let asking = false
    let silentSince: number | undefined
    this.#timer = setInterval(async () => {
      silentSince ??= Date.now()
      if (Date.now() - silentSince > this.limits.hungMs) {
        silentSince = undefined
        void this.#restart('it does not answer')
      }
      if (asking) return
      asking = true
      const answer = await pool.query('select 1 as one').catch((error: Error) => error)
      asking = false
      // an error is an answer too, but for that of the pool, whose one connection somebody holds
      if (!(answer instanceof Error && /timeout/.test(answer.message))) silentSince = undefined
      if (!(answer instanceof Error) && answer.rows[0]?.one !== 1)
        void this.#restart('it answers without rows')
    }, this.limits.everyMs)
    this.#timer.unref()
  }

  unwatch(): void {
    clearInterval(this.#timer)
  }

  async #restart(why: string): Promise<void> {
    if (this.#stopping || this.#restarting) return
    this.#restarting = true
    this.log.error(`the embedded database is started anew: ${why}`)
    this.#worker?.removeAllListeners('exit')
    let reason = ''
    for (let failed = 0; failed < TRIES && !this.#stopping; failed++) {
      if (failed > 0) await wait(this.limits.retryMs * 2 ** (failed - 1))
      if (this.#stopping) break
      try {
        await this.#worker?.terminate()
        await this.start()
        this.#restarting = false
        return
      } catch (error) {
        // a fault of PGlite's file system has a number and no text
        reason = (error as Error).message || JSON.stringify(error)
        this.log.error(`the embedded database did not start again: ${reason}`)
      }
    }
    if (this.#stopping) return
    this.giveUp(
      Object.assign(
        new Error(
          `The embedded database in ${this.dataDir} did not start in ${TRIES} tries, so Pitchbeat ends: ${reason}. Start it again when that is mended; if the folder is damaged, restore the last backup.`,
        ),
        { expected: true },
      ),
    )
  }

  /** Closes the database in order and ends the thread. */
  async stop(): Promise<void> {
    this.#stopping = true
    const worker = this.#worker
    // one that ended already says nothing more
    if (!worker || worker.threadId === -1) return
    await new Promise<void>(resolve => {
      worker.once('message', () => resolve())
      worker.once('exit', () => resolve())
      worker.postMessage('close')
    })
    await worker.terminate()
  }
}
