/** Entries of one pull, and so of one transaction. The embedded database has one connection: a pull holds pushes up that long. */
export const PULL_MAX = 500
/**
 * How long a pull belongs to one worker, unless `LEASE_MS` says otherwise. A worker that dies gives its entries back after
 * this; one that lives needs far less.
 */
export const LEASE_MS = 60_000
/** After this part of the lease a worker stops trying, so that it never saves what another may hold. (If it did, the store would not mind.) */
export const LEASE_PART = 0.9
/** Pauses after failures, doubling from the first to the last. */
export const BACK_OFF_MS = { first: 100, last: 5_000 }
