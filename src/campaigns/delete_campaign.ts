import type { Database } from '../store/database.ts'

/**
 * Deletes a campaign and all that was recorded of it. Its slugs stay and answer "gone".
 * @returns false where the owner has no such campaign
 */
export async function deleteCampaign(database: Database, ownerId: string, id: string): Promise<boolean> {
  const [row] = await database.as({ role: 'service_role' }, query =>
    query<{ done: boolean }>('select internal.delete_campaign($1, $2) as done', [ownerId, id]),
  )
  return row?.done ?? false
}
