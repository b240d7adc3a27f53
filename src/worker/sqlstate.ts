/**
 * What an error while saving says about the entries:
 *
 *   transient  nothing: the database or queue is away, busy, or chose us as a deadlock's victim. Again, without a strike
 *   data       one of them cannot be stored as it is
 *   ours       nothing either: a missing function, a lost privilege, a bug. Nothing is acked until somebody looks
 */
export type Fault = 'transient' | 'data' | 'ours'

/**
 * SQLSTATE classes (https://www.postgresql.org/docs/current/errcodes-appendix.html): connection, resources, stopped or shut
 * down, rollback; 25P03 is a transaction that was ended because we had fallen silent.
 */
const TRANSIENT = /^(08|53|57|40|25P03)/
/** Value out of range or malformed; a constraint. */
const DATA = /^(22|23)/
const SQLSTATE = /^[0-9A-Z]{5}$/
/** Drivers report a lost connection by a Node code (`ECONNREFUSED`) or only in words (`Connection terminated unexpectedly`). */
const NODE_CODE = /^E[A-Z]{4,}$/
const LOST = /connect|closed|socket|time ?out|terminated|offline|not queryable/i

export function faultOf(error: unknown): Fault {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  if (typeof code === 'string') {
    if (NODE_CODE.test(code) && !code.startsWith('ERR')) return 'transient'
    if (SQLSTATE.test(code)) return TRANSIENT.test(code) ? 'transient' : DATA.test(code) ? 'data' : 'ours'
  }
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
    return 'ours'
  return LOST.test(message) ? 'transient' : 'ours'
}

/** Whether the database stopped a statement because it took too long. */
export function wasStopped(error: unknown): boolean {
  return sqlstateOf(error) === '57014'
}

/** The SQLSTATE of an error, where it has one. */
export function sqlstateOf(error: unknown): string | null {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && SQLSTATE.test(code) ? code : null
}
