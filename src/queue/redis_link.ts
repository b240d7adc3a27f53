import { isIP } from 'node:net'
import { createClient, createCluster, RESP_TYPES } from 'redis'

/** What a link says while it lives; pino's logger fits. */
export interface LinkLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
}

export type Reply = string | number | Buffer | null | Reply[]
export type Args = (string | Buffer)[]

/** One way to Redis, a single server or a cluster; commands go where the key lives. */
interface Wire {
  connect(): Promise<unknown>
  ready(): boolean
  send(key: string, args: Args): Promise<Reply>
  /** the same command to every master */
  everywhere(args: Args): Promise<Reply[]>
  destroy(): void
}

/** A dead connection is noticed by silence: pings go out every second, so two silent seconds mean nobody is there. */
const PING_MS = 1_000
const SILENT_MS = 2_500
const CONNECT_MS = 1_500
/** Own delays, because without a strategy node-redis gives up for good after a socket time-out. */
const retryMs = (retries: number) => Math.min(50 * 2 ** Math.min(retries, 6), 1_500) + Math.random() * 100

/** Bulk strings as bytes: entries are no text. RESP 2, so that every server since 6.2 answers in the same shapes. */
const COMMAND_OPTIONS = {
  timeout: undefined as unknown as number,
  typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer },
}

/** Options of one connection. A command timeout of undefined halves the CPU of a command: the deadline is ours. */
function connectionOptions(url: URL) {
  const { username, password, protocol } = url
  const tls = protocol === 'rediss:'
  return {
    RESP: 2 as const,
    maintNotifications: 'disabled' as const,
    disableClientInfo: true,
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    socket: {
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      reconnectStrategy: retryMs,
      ...(tls ? { tls: true as const } : {}),
    },
  }
}

/** Hears why a connection could not be made, or was lost. */
export type Failed = (error: Error) => void

/** One server. */
export function singleWire(url: string, failed: Failed): Wire {
  const options = connectionOptions(new URL(url))
  const { hostname } = new URL(url)
  // Many Redis behind one address are told apart by the name (SNI), which node-redis does not send by itself.
  const name = options.socket.tls && !isIP(hostname.replace(/[[\]]/g, '')) ? { servername: hostname } : {}
  const client = createClient({
    ...options,
    socket: { ...options.socket, ...name },
    url,
    commandOptions: COMMAND_OPTIONS,
  })
  client.on('error', failed)
  const send = (args: Args) => client.sendCommand(args) as Promise<Reply>
  return {
    connect: () => client.connect(),
    ready: () => client.isReady,
    send: (_key, args) => send(args),
    everywhere: async args => [await send(args)],
    destroy: () => {
      if (client.isOpen) client.destroy()
    },
  }
}

/** A cluster. Nodes are connected to when first needed, so that one dead master does not hold up the others. */
export function clusterWire(urls: string[], failed: Failed): Wire {
  const cluster = createCluster({
    RESP: 2,
    rootNodes: urls.map(url => ({ url })),
    defaults: connectionOptions(new URL(urls[0]!)),
    minimizeConnections: true,
    commandOptions: COMMAND_OPTIONS,
  })
  cluster.on('error', failed)
  return {
    connect: () => cluster.connect(),
    ready: () => cluster.isReady,
    send: (key, args) => cluster.sendCommand(key, false, args) as Promise<Reply>,
    everywhere: async args => {
      const clients = await Promise.all(cluster.masters.map(master => cluster.nodeClient(master)))
      return Promise.all(clients.map(client => client.sendCommand(args) as Promise<Reply>))
    },
    destroy: () => {
      if (cluster.isOpen) cluster.destroy()
    },
  }
}

/**
 * A connection that is replaced when it stalls. A half-open one takes every write and answers none of them, and writing
 * keeps its socket from timing out: so a command past its deadline, with no answer since it was sent, ends the connection.
 */
export class RedisLink {
  #wire: Wire
  #closed = false
  /** what was said last about a failure; not said again at every try, but after an answer */
  #said: string | undefined
  readonly #answeredAt = new Map<string, number>()

  constructor(
    private readonly make: (failed: Failed) => Wire,
    private readonly log?: LinkLog,
  ) {
    this.#wire = make(this.#failed)
    void this.#connect(this.#wire)
  }

  /**
   * Sends one command.
   * @param key the key that decides the node
   * @throws when Redis refuses it, is not connected, or has not answered within `deadlineMs`
   */
  send(key: string, args: Args, deadlineMs: number): Promise<Reply> {
    const wire = this.#wire
    if (!wire.ready()) return Promise.reject(new Error('Redis is not connected.'))
    const begun = performance.now()
    return new Promise((resolve, reject) => {
      let answered = false
      const late = () => {
        if (answered) return
        reject(new Error(`Redis did not answer ${args[0]} within ${deadlineMs} ms.`))
        if (!(this.#answeredAt.get(key)! >= begun)) this.#replace(wire)
      }
      // One look at the sockets more: where this process itself was busy, the answer may be lying there.
      const timer = setTimeout(() => setImmediate(late), deadlineMs)
      wire.send(key, args).then(
        reply => {
          answered = true
          clearTimeout(timer)
          this.#answeredAt.set(key, performance.now())
          this.#said = undefined
          resolve(reply)
        },
        error => {
          answered = true
          clearTimeout(timer)
          reject(error)
        },
      )
    })
  }

  /** The same command to every master. */
  everywhere(args: Args): Promise<Reply[]> {
    if (!this.#wire.ready()) return Promise.reject(new Error('Redis is not connected.'))
    return this.#wire.everywhere(args)
  }

  ready(): boolean {
    return this.#wire.ready()
  }

  close(): void {
    this.#closed = true
    this.#wire.destroy()
  }

  /** Why there is no connection: a wrong password or certificate is the operator's to mend, and nothing else tells it. */
  readonly #failed: Failed = error => {
    const said = String(error)
    if (this.#closed || said === this.#said) return
    this.#said = said
    this.log?.warn({ error: said }, 'Redis cannot be reached; trying on.')
  }

  #replace(wire: Wire): void {
    if (wire !== this.#wire || this.#closed) return
    this.log?.warn({}, 'Redis stopped answering; connecting anew.')
    this.#wire = this.make(this.#failed)
    wire.destroy()
    void this.#connect(this.#wire)
  }

  /** Tries until it is connected: at boot, and for a cluster none of whose nodes answers, the library gives up at once. */
  async #connect(wire: Wire): Promise<void> {
    for (let retries = 0; wire === this.#wire && !this.#closed; retries++) {
      try {
        await wire.connect()
        return
      } catch (error) {
        if (wire !== this.#wire || this.#closed) return
        this.#failed(error as Error)
        await new Promise(resolve => setTimeout(resolve, retryMs(retries)))
      }
    }
  }
}
