import type { Logger } from 'pino'
import type { Entry } from '../contract/entry.ts'
import type { DropReason } from '../contract/words.ts'
import { decodeEntry } from '../queue/entry_bytes.ts'
import type { Delivery, Queue } from '../queue/queue.ts'
import type { Database } from '../store/database.ts'
import { saveBatch } from '../store/save_batch.ts'
import { putDeadLetter } from './dead_letter.ts'
import { faultOf, wasStopped } from './sqlstate.ts'

/** What became of the entries. `stored`, `duplicate` and `dropped` count items, `dead` counts entries. */
export interface Saved {
  stored: number
  duplicate: number
  dropped: Partial<Record<DropReason, number>>
  dead: number
}

export const nothingSaved = (): Saved => ({ stored: 0, duplicate: 0, dropped: {}, dead: 0 })

/** Adds `more` to `sum`. */
export function addSaved(sum: Saved, more: Omit<Saved, 'dead'> & { dead?: number }): void {
  sum.stored += more.stored
  sum.duplicate += more.duplicate
  sum.dead += more.dead ?? 0
  for (const [reason, n] of Object.entries(more.dropped) as [DropReason, number][])
    sum.dropped[reason] = (sum.dropped[reason] ?? 0) + n
}

export interface Doors {
  queue: Queue
  database: Database
  log: Logger
}

interface Unit {
  delivery: Delivery
  entry: Entry
}

/** Deliveries on their way into the store; what `save` has not finished is still in `rest`. */
export interface Load {
  rest: Unit[]
  undecodable: { delivery: Delivery; error: unknown }[]
}

/** Reads what was pulled. One entry that cannot be read does not stop the others. */
export function decodeLoad(deliveries: readonly Delivery[]): Load {
  const load: Load = { rest: [], undecodable: [] }
  for (const delivery of deliveries) {
    try {
      load.rest.push({ delivery, entry: decodeEntry(delivery.bytes) })
    } catch (error) {
      load.undecodable.push({ delivery, error })
    }
  }
  return load
}

/**
 * Saves a load: begin, save, commit, ack. Where the database refuses the data, halves it until the bad entry stands alone,
 * writes that as a dead letter, and acks it then. Each part is acked as soon as it is done, so what a failure leaves
 * behind is exactly what has to be done again.
 * @param saved is added to
 * @throws whatever is not the entries' fault; `load` then holds what is left
 */
export async function saveLoad(load: Load, saved: Saved, doors: Doors): Promise<void> {
  const { queue, database, log } = doors

  async function bury(delivery: Delivery, entry: Entry | null, error: unknown): Promise<void> {
    await putDeadLetter(database, { delivery, entry, error })
    await queue.ack([delivery])
    saved.dead++
    log.warn(
      { err: error, tries: delivery.tries },
      'an entry could not be saved and is kept as a dead letter',
    )
  }

  async function save(units: Unit[]): Promise<void> {
    try {
      const outcome = await database.as({ role: 'service_role' }, query =>
        saveBatch(
          query,
          units.map(unit => unit.entry),
        ),
      )
      addSaved(saved, outcome)
    } catch (error) {
      // what is too much for a slow database to save in time is not in half the size
      const tooMuch = wasStopped(error) && units.length > 1
      if (!tooMuch && faultOf(error) !== 'data') throw error
      const [unit] = units
      if (units.length === 1)
        return bury(unit!.delivery, unit!.entry, error).then(() => void load.rest.shift())
      const middle = Math.ceil(units.length / 2)
      await save(units.slice(0, middle))
      return save(units.slice(middle))
    }
    await queue.ack(units.map(unit => unit.delivery))
    load.rest.splice(0, units.length)
  }

  for (let bad = load.undecodable[0]; bad; bad = load.undecodable[0]) {
    await bury(bad.delivery, null, bad.error)
    load.undecodable.shift()
  }
  if (load.rest.length > 0) await save([...load.rest])
}
