import type { Published } from '../contract/published.ts'
import type { Database, Identity } from '../store/database.ts'

/**
 * What readers see from now on. The service writes it, because it rendered the HTML: an owner's own rights to the database
 * do not reach that far.
 * @param draft_version publishes only while the draft has this version
 * @param at when it was published, now by default
 * @returns false where the owner has no such campaign, or its draft was changed meanwhile
 */
export async function publish(
  database: Database,
  service: Identity & { owner_id: string },
  given: { id: string; published: Published; draft_version?: number; at?: Date },
): Promise<boolean> {
  const { id, published, draft_version = null, at = new Date() } = given
  const [row] = await database.as(service, query =>
    query<{ done: boolean }>('select internal.publish($1, $2, $3::jsonb, $4, $5) as done', [
      service.owner_id,
      id,
      JSON.stringify(published),
      draft_version,
      at,
    ]),
  )
  return row!.done
}
