import { z } from 'zod'
import { Refusal } from '../gate/problem.ts'
import { BACKWARDS, isForwards, RangeQuery } from '../gate/range.ts'
import type { Query } from '../store/database.ts'

/** What every question about a campaign may be narrowed by. */
export const Narrowing = RangeQuery.extend({ link: z.guid().optional() })
export const NarrowingQuery = Narrowing.refine(isForwards, BACKWARDS)

export interface Range {
  time_zone: string
  /** the first moment of `from` in the project's zone; null = from the beginning */
  since: Date | null
  /** the first moment after `to`; null = to the end */
  before: Date | null
}

/**
 * The moments that a campaign's days begin and end at, which is where a summer time or a zone west of Greenwich matters.
 * @throws Refusal `not_found` where who asks has no such campaign
 */
export async function readRange(
  query: Query,
  campaign: string,
  { from, to }: z.infer<typeof RangeQuery>,
): Promise<Range> {
  const [row] = await query<Range>(
    `select p.time_zone, $2::date::timestamp at time zone p.time_zone as since,
       ($3::date + 1)::timestamp at time zone p.time_zone as before
     from pitchbeat.campaigns c
     join pitchbeat.projects p on p.id = c.project_id
     where c.id = $1 and c.deleted_at is null`,
    [campaign, from ?? null, to ?? null],
  )
  if (!row) throw new Refusal('not_found', 'There is no such campaign.')
  return row
}
