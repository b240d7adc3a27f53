import type { Link } from '../contract/shapes.ts'
import { Refusal } from '../gate/problem.ts'

type Address = Link['old_addresses'][number]

/** The columns of a link, read as `l`. An address that was replaced is a row of `pitchbeat.links` as well. */
export const LINK_COLUMNS = `l.id, l.slug, l.label, l.note, l.off_at, l.expires_at, l.muted, l.created_at,
  pitchbeat.shows_title(l.slug, (select c.title from pitchbeat.campaigns c where c.id = l.campaign_id)) as shows_title,
  (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'slug', o.slug, 'off_at', o.off_at) order by o.created_at, o.id), '[]')
   from pitchbeat.links o where o.campaign_id = l.campaign_id and o.replaced_by = l.id) as old_addresses`

export interface LinkRow
  extends Omit<Link, 'url' | 'off_at' | 'expires_at' | 'created_at' | 'old_addresses'> {
  off_at: Date | null
  expires_at: Date | null
  created_at: Date
  old_addresses: Array<Omit<Address, 'url'>>
}

/** @param baseUrl without a slash at the end */
export const urlOf = (baseUrl: string, slug: string) => `${baseUrl}/p/${slug}`

export function asLink(baseUrl: string, row: LinkRow): Link {
  return {
    id: row.id,
    slug: row.slug,
    url: urlOf(baseUrl, row.slug),
    label: row.label,
    note: row.note,
    off_at: row.off_at?.toISOString() ?? null,
    expires_at: row.expires_at?.toISOString() ?? null,
    muted: row.muted,
    created_at: row.created_at.toISOString(),
    shows_title: row.shows_title,
    old_addresses: row.old_addresses.map(one => ({
      id: one.id,
      slug: one.slug,
      url: urlOf(baseUrl, one.slug),
      off_at: one.off_at === null ? null : new Date(one.off_at).toISOString(),
    })),
  }
}

export const noLink = () => new Refusal('not_found', 'There is no such link.')
