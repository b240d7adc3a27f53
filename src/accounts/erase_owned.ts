import type { Database } from '../store/database.ts'

/** Deletes all that an owner has, before the account itself goes: afterwards its links answer 404. */
export async function eraseOwned(database: Database, ownerId: string): Promise<void> {
  await database.as({ role: 'service_role' }, query => query('select internal.erase_owner($1)', [ownerId]))
}
