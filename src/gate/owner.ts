import type { Context } from 'hono'

/** An owner as a login or token proved them. */
export interface Owner {
  owner_id: string
  /** of the logins and tokens that hold: raised when they are ended */
  version: number
}

/**
 * The variable under which the owner's routes find who is asking. `http` puts it there after `accounts` has checked
 * cookie or token, so the rooms that serve owners need to know neither.
 */
export interface OwnerEnv {
  Variables: Owner
}

/** Who asks, in the form that the store's door takes. */
export function owner(c: Context<OwnerEnv>) {
  return { role: 'authenticated' as const, owner_id: c.var.owner_id, version: c.var.version }
}

/** The service at work for who asks: its functions check themselves what is the owner's. */
export function serving(c: Context<OwnerEnv>) {
  return { ...owner(c), role: 'service_role' as const }
}
