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

/** The store's door. */
export interface Database {
  /** One transaction, one role, one identity. Inside `work` nothing is awaited but SQL; nested calls are refused. */
  as<T>(who: Identity, work: (query: Query) => Promise<T>): Promise<T>
  /** Housekeeping that cannot run inside a transaction: vacuum, checkpoint. */
  maintain(): Promise<void>
  close(): Promise<void>
}
