import type { Entry } from '../contract/entry.ts'
import type { Delivery } from '../queue/queue.ts'
import type { Database } from '../store/database.ts'
import { itemsOf } from '../store/save_batch.ts'
import { sqlstateOf } from './sqlstate.ts'

const ERROR_MAX = 1_000

/** Keeps an entry that cannot be stored, byte for byte, with the reason. `redrive` brings it back. */
export async function putDeadLetter(
  database: Database,
  letter: { delivery: Delivery; entry: Entry | null; error: unknown },
): Promise<void> {
  const { delivery, entry, error } = letter
  const text = error instanceof Error ? error.message : String(error)
  await database.as({ role: 'service_role' }, query =>
    query('select internal.put_dead_letter($1, $2, $3, $4, $5, $6, $7)', [
      entry ? 'refused' : 'unreadable',
      sqlstateOf(error),
      text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, ERROR_MAX),
      delivery.bytes,
      entry ? entry.campaign_id : uuidIn(delivery.bytes, 'campaign_id'),
      entry ? sessionOf(entry) : (uuidIn(delivery.bytes, 'session') ?? uuidIn(delivery.bytes, 'id')),
      entry ? itemsOf(entry) : 1,
    ]),
  )
}

function sessionOf(entry: Entry): string | null {
  if (entry.kind === 'batch') return entry.body.session
  return entry.kind === 'session' ? entry.body.id : null
}

/**
 * The id under this name in an entry that cannot be read, so that the letter goes when its campaign or session does; null
 * where there is none. Wherever it stands: at worst a letter goes that nobody could read.
 */
function uuidIn(bytes: Uint8Array, name: string): string | null {
  const text = Buffer.from(bytes).toString('latin1')
  const found = new RegExp(`"${name}"\\s*:\\s*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"`, 'i').exec(
    text,
  )
  return found?.[1]?.toLowerCase() ?? null
}
