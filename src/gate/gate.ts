import type { Context, MiddlewareHandler } from 'hono'
import type { Ticket } from '../contract/ticket.ts'
import { addressReader } from './address.ts'
import { type Limiters, type LimitName, pass, passAccount, rateLimit } from './rate_limit.ts'
import { rememberTickets } from './remember_tickets.ts'

/** What guards every public door, built once in main.ts and handed to the rooms. */
export interface Gate {
  /** the present secret, then the previous one where there is one */
  secrets: readonly [string, ...string[]]
  /** opens a ticket that came with a request to `slug`; null where it is not ours, was changed, or is another link's */
  ticket(text: string, slug: string): Ticket | null
  /** the address a limit counts by */
  address(c: Context): string
  /** middleware that refuses past the named limit */
  limit(name: LimitName): MiddlewareHandler
  /** the same as a call, for routes that keep their middleware short; throws the refusal */
  pass(name: LimitName, c: Context): Promise<void>
  /** counts a try to log in to an account; answers how to take it back */
  passAccount(email: string, isKnown: boolean): Promise<() => void>
}

export function createGate(options: {
  secrets: readonly [string, ...string[]]
  trustedProxies: readonly string[]
  limiters: Limiters
}): Gate {
  const address = addressReader(options.trustedProxies)
  return {
    secrets: options.secrets,
    ticket: rememberTickets(options.secrets),
    address,
    limit: name => rateLimit(options.limiters, name, address),
    pass: (name, c) => pass(options.limiters, name, address(c)),
    passAccount: (email, isKnown) => passAccount(options.limiters, email, isKnown),
  }
}
