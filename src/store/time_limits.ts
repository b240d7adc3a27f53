import pg from 'pg'
import { LIMIT_MS } from './database.ts'

/** The database stops a statement this long before the connection is given up, so that it can say so. */
const SAY_SO_MS = 500

/** No answer came. The connection is gone; whether the statement was carried out is not known. */
export class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT'
  constructor(ms: number) {
    super(`timeout: the database did not answer within ${ms / 1000} s`)
  }
}

/**
 * A connection that ends itself when an answer does not come, so that a pool never lends it again, however it is given
 * back. The driver's own `query_timeout` leaves such a connection open, with the lost statement in front of all others.
 */
export class PatientClient extends pg.Client {
  /** how long each answer is waited for, in milliseconds */
  patienceMs: number = LIMIT_MS.owner

  override query(...given: unknown[]): never {
    const answer: unknown = super.query(...(given as [never]))
    if (answer instanceof Promise) {
      const ms = this.patienceMs
      const timer = setTimeout(() => this.connection.stream.destroy(new NoAnswer(ms)), ms)
      const answered = () => clearTimeout(timer)
      answer.then(answered, answered)
    }
    return answer as never
  }
}

/** How long each answer on a connection of our pools is waited for, until it is given back. */
export function waitFor(client: pg.ClientBase, ms: number): void {
  ;(client as PatientClient).patienceMs = Math.max(1, Math.round(ms))
}

/** Statements for the beginning of a transaction: the database stops what takes longer, and ends it where we fall silent. */
export function stopsAfter(ms: number): string {
  const stop = Math.max(1, Math.round(ms - SAY_SO_MS))
  return `set local statement_timeout = ${stop}; set local idle_in_transaction_session_timeout = ${stop}`
}

/**
 * Begins a transaction whose statements may take `ms` each, for the database and for us.
 * @param client of one of our pools
 */
export async function beginWithin(
  client: pg.ClientBase,
  ms: number,
  isolation = 'read committed',
): Promise<void> {
  waitFor(client, ms)
  await client.query(`begin isolation level ${isolation}; ${stopsAfter(ms)}`)
}
