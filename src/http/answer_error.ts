import type { Context } from 'hono'
import type { Logger } from 'pino'
import { isAway } from '../gate/away.ts'
import { problem, Refusal } from '../gate/problem.ts'

/** What the database says of an owner who was deleted, or whose logins were ended, since the request came in. */
const ENDED = 'PB401'

/** The database stopped a statement, or was not heard in time. */
const LATE = ['57014', 'ETIMEDOUT']
const LATE_SENTENCE =
  'The database did not answer in time, so it was stopped. Try again shortly; fewer days take less time.'

/** Turns whatever a route threw into problem+json; our own faults are logged, never shown. */
export function answerError(log: Logger): (error: Error, c: Context) => Response {
  return (error, c) => {
    if (error instanceof Refusal) return problem(c, error)
    if ((error as { code?: unknown }).code === ENDED)
      return problem(c, new Refusal('unauthenticated', 'This login has ended. Log in again.'))
    if (LATE.includes((error as { code?: string }).code ?? '')) {
      log.warn({ err: error, path: c.req.path }, 'the database did not answer in time')
      return problem(c, new Refusal('unavailable', LATE_SENTENCE, { retryAfterS: 5 }))
    }
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
