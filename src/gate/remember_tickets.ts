import type { Ticket } from '../contract/ticket.ts'
import { openTicket } from './ticket.ts'

/** Of the present generation; with the one before about 5 MB. A reader's page sends its one ticket some ten times. */
const KEPT = 5_000

/**
 * Opens tickets, and remembers those it opened: the seal takes 4 µs to check, a look-up under 1. What does not open is
 * not remembered, or strangers could push the readers' out. Whole generations are forgotten, because a Map that loses its
 * oldest key at every new one steps over thousands of holes to find it.
 */
export function rememberTickets(
  secrets: readonly string[],
): (text: string, slug: string) => Readonly<Ticket> | null {
  let opened = new Map<string, Ticket>()
  let before = opened
  return (text, slug) => {
    const key = `${slug} ${text}`
    const known = opened.get(key)
    if (known) return known
    const ticket = before.get(key) ?? openTicket(text, slug, secrets)
    if (ticket) {
      if (opened.size >= KEPT) {
        before = opened
        opened = new Map()
      }
      opened.set(key, ticket)
    }
    return ticket
  }
}
