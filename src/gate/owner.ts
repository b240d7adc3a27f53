import type { Context } from 'hono'

/**
 * The variable under which the owner's routes find who is asking. `http` puts it there after `accounts` has checked
 * cookie or token, so the rooms that serve owners need to know neither.
 */
export interface OwnerEnv {
  Variables: { owner_id: string }
}

/** Who asks, in the form that the store's door takes. */
export function owner(c: Context<OwnerEnv>) {
  return { role: 'authenticated' as const, owner_id: c.var.owner_id }
}
