/** Who asks the database. `owner_id` reaches row security as the claim `sub`, the way PostgREST sets it. */
export type Identity =
  | { role: 'anon' }
  | { role: 'service_role' }
  | { role: 'authenticated'; owner_id: string }

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
