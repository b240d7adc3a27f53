import type pg from 'pg'
import type { Database } from './database.ts'

/** An opened store. `pool` is the login role itself: migrations, maintenance and the login library use it, nobody else. */
export interface Store {
  database: Database
  pool: pg.Pool
  close(): Promise<void>
}

/** Where the store says what it does; pino fits. */
export interface StoreLog {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

export const silent: StoreLog = { info() {}, warn() {}, error() {} }
