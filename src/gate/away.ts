/** SQLSTATE classes of a database that is away, overloaded or stopped what took too long, and Node's codes for a connection that failed. */
const CODES = /^(08...|53...|57...|25P03|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|ENOENT|EAI_AGAIN)$/
/** What `pg` says without a code: of a connection cut under way, a pool that waits in vain, one that is closed. */
const MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Cannot use a pool after calling end)/

/** Whether an error means "the database is away", as opposed to a fault of ours. */
export function isAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && CODES.test(code)) return true
  return typeof message === 'string' && MESSAGES.test(message)
}
