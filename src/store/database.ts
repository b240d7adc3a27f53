/**
 * Who asks the database. The `owner_id` of `authenticated` reaches row security as the claim `sub`, the way PostgREST
 * sets it. `version` is that of the login or token by which the owner was known; the transaction is refused
 * (SQLSTATE PB401) where the owner has another one by now, or was deleted.
 */
export type Identity =
  | { role: 'anon' }
  | ({ role: 'service_role' } & (Owner | { owner_id?: undefined }))
  | ({ role: 'authenticated' } & (Owner | { owner_id: string; version?: undefined }))

/** An owner as a login or token proved them. */
export interface Owner {
  owner_id: string
  version: number
}

/** Runs one statement with `$1 …` parameters and answers its rows. bigint → number, date → 'YYYY-MM-DD', timestamptz → Date. */
export type Query = <Row = Record<string, unknown>>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>

/**
 * How long a transaction may take, in milliseconds, the wait for a connection included. The database stops it in time to
 * say so; where nothing is said, its connection is thrown away.
 */
export const LIMIT_MS = {
  /** what a reader's request waits for: it was answered after 800 ms */
  collect: 2_000,
  /** the service's: pages, and each step of the worker */
  service: 6_000,
  /** an owner's question */
  owner: 10_000,
  /** erasing what may be much */
  erasure: 120_000,
  /** migrations, vacuum, backup, recounting everything */
  upkeep: 3_600_000,
}

/** The store's door. */
export interface Database {
  /**
   * One transaction, one role, one identity. Inside `work` nothing is awaited but SQL; nested calls are refused.
   * @param limitMs one of LIMIT_MS; `owner` or, for the service, `service` unless told otherwise
   */
  as<T>(who: Identity, work: (query: Query) => Promise<T>, limitMs?: number): Promise<T>
  /** Housekeeping that cannot run inside a transaction: vacuum, checkpoint. */
  maintain(): Promise<void>
  close(): Promise<void>
}
