/** How much is saved at once. */
export interface Pace {
  /** entries of one pull, and so of one transaction */
  entries: number
  /** saves that may run at once; with two, one lane reads what comes next while the database works for the other */
  saves: number
}
/** The embedded database has one connection, and a save holds pushes up for as long as it takes. */
export const EMBEDDED_PACE: Pace = { entries: 500, saves: 1 }
/** Draining a backlog in one process on two cores: 39 000 events/s; 36 000 with pulls of 500, some 22 000 with one save. */
export const SERVER_PACE: Pace = { entries: 1_000, saves: 2 }
/**
 * How long a pull belongs to one worker, unless `LEASE_MS` says otherwise. A worker that dies gives its entries back after
 * this; one that lives needs far less.
 */
export const LEASE_MS = 60_000
/** After this part of the lease a worker stops trying, so that it never saves what another may hold. (If it did, the store would not mind.) */
export const LEASE_PART = 0.9
/** Pauses after failures, doubling from the first to the last: with a lost step (6 s) before it still below 10 s. */
export const BACK_OFF_MS = { first: 100, last: 2_000 }
