import type { Database, Identity } from '../store/database.ts'

/**
 * Deletes a campaign: nobody sees it from here on, and the worker removes what was recorded of it. Its slugs stay and answer "gone".
 * @returns false where the owner has no such campaign
 */
export async function deleteCampaign(
  database: Database,
  service: Identity & { owner_id: string },
  id: string,
): Promise<boolean> {
  const [row] = await database.as(service, query =>
    query<{ done: boolean }>('select internal.delete_campaign($1, $2) as done', [service.owner_id, id]),
  )
  return row?.done ?? false
}
