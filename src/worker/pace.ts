/** Entries of one pull, and so of one transaction. The embedded database has one connection: a pull holds pushes up that long. */
export const PULL_MAX = 500
/** How long a pull belongs to one worker. A worker that dies gives its entries back after this; one that lives needs far less. */
export const LEASE_MS = 60_000
/** Before the lease ends a worker stops trying, so that it never saves what another may hold. (If it did, the store would not mind.) */
export const LEASE_MARGIN_MS = 5_000
/** Pauses after failures, doubling from the first to the last. */
export const BACK_OFF_MS = { first: 100, last: 5_000 }
