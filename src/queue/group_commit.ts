/** Bodies of one transaction: about a megabyte of ordinary batches. */
const GROUP_MAX = 1_000
/** Bodies that may wait. With the database hanging, memory must not grow with every request that comes. */
const WAITING_MAX = 20_000

interface Waiting {
  bodies: Uint8Array[]
  resolve(): void
  reject(reason: unknown): void
}

/**
 * Lets those who write at the same time share a transaction: while one commit is under way the next group gathers. A lone
 * writer waits for nobody.
 * @param write makes all bodies durable, or none
 * @returns a function that resolves when its bodies are durable; `idle()` resolves when nothing is under way
 */
export function groupCommit(write: (bodies: Uint8Array[]) => Promise<void>) {
  let waiting: Waiting[] = []
  let waitingBodies = 0
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = nextGroup()
      try {
        await write(group.flatMap(one => one.bodies))
        for (const one of group) one.resolve()
      } catch (reason) {
        for (const one of group) one.reject(reason)
      }
    }
    running = undefined
  }

  function nextGroup(): Waiting[] {
    let size = 0
    const end = waiting.findIndex((one, i) => {
      size += one.bodies.length
      return i > 0 && size > GROUP_MAX
    })
    const group = end === -1 ? waiting : waiting.slice(0, end)
    waiting = end === -1 ? [] : waiting.slice(end)
    for (const one of group) waitingBodies -= one.bodies.length
    return group
  }

  const commit = (bodies: Uint8Array[]) =>
    new Promise<void>((resolve, reject) => {
      if (waitingBodies + bodies.length > WAITING_MAX)
        return reject(new Error('Too many writes are waiting.'))
      waiting.push({ bodies, resolve, reject })
      waitingBodies += bodies.length
      running ??= run()
    })
  return Object.assign(commit, { idle: async () => running })
}
