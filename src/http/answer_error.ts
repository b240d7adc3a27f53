import type { Context } from 'hono'
import type { Logger } from 'pino'
import { problem, Refusal } from '../gate/problem.ts'

/** SQLSTATE classes of a database that is away or overloaded, and Node's codes for a connection that failed. */
const AWAY = /^(08|53|57P)|^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND)$/

/** Whether an error means "the database is away", as opposed to a fault of ours. */
export function isAway(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  return (
    (code !== undefined && AWAY.test(code)) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(message)
  )
}

/** Turns whatever a route threw into problem+json; our own faults are logged, never shown. */
export function answerError(log: Logger): (error: Error, c: Context) => Response {
  return (error, c) => {
    if (error instanceof Refusal) return problem(c, error)
    if (isAway(error)) {
      log.warn({ err: error, path: c.req.path }, 'the database is away')
      return problem(
        c,
        new Refusal('unavailable', 'The database is not reachable. Try again shortly.', { retryAfterS: 5 }),
      )
    }
    log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed')
    return problem(
      c,
      new Refusal('internal', 'An unexpected error was logged. Nothing was changed by this request.'),
    )
  }
}
