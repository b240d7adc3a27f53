import type pg from 'pg'
import type { Store } from '../../src/store/store.ts'

/** A campaign with links, made behind the doors: tests of facts need one to hang them on. */
export interface TestCampaign {
  id: string
  owner_id: string
  project_id: string
  /** in the order of their ids */
  links: string[]
}

/** Somebody who has an account, and so may write. */
export async function makeOwner(store: Store, id: string): Promise<string> {
  await store.database.as({ role: 'service_role' }, query => query('select internal.add_owner($1)', [id]))
  return id
}

export async function makeCampaign(
  store: Store,
  { owner = 'owner', links = 1, published = true } = {},
): Promise<TestCampaign> {
  await makeOwner(store, owner)
  const campaign = await store.database.as({ role: 'authenticated', owner_id: owner }, async query => {
    const [project] = await query<{ id: string }>(
      `insert into pitchbeat.projects (name) values ('project') returning id`,
    )
    const [campaign] = await query<{ id: string }>(
      `insert into pitchbeat.campaigns (project_id, title) values ($1, 'title') returning id`,
      [project!.id],
    )
    const made: string[] = []
    for (let i = 0; i < links; i++) {
      const [link] = await query<{ id: string }>(
        `insert into pitchbeat.links (campaign_id, slug) values ($1, 'x-' || gen_random_uuid()) returning id`,
        [campaign!.id],
      )
      made.push(link!.id)
    }
    return { id: campaign!.id, owner_id: owner, project_id: project!.id, links: made.sort() }
  })
  if (published) await publishAs(store, campaign, { pages: {}, html: {} })
  return campaign
}

/** Publishes as the service does, which alone may. */
export async function publishAs(
  store: Store,
  { owner_id, id }: { owner_id: string; id: string },
  published: object | null,
): Promise<void> {
  await store.database.as({ role: 'service_role' }, query =>
    query('select internal.publish($1, $2, $3)', [owner_id, id, published]),
  )
}

/** Everything recorded of a campaign, with link ids replaced by their place, so that two campaigns can be compared. */
export async function factsOf(pool: pg.Pool, campaign: TestCampaign) {
  const facts: Record<string, unknown[]> = {}
  for (const table of ['sessions', 'views', 'view_parts', 'events', 'opens']) {
    const { rows } = await pool.query(
      `select to_jsonb(t) - '{campaign_id,project_id,owner_id}'::text[] as fact from internal.${table} t
       where campaign_id = $1 order by 1`,
      [campaign.id],
    )
    facts[table] = rows.map(({ fact }) =>
      'link_id' in fact ? { ...fact, link_id: campaign.links.indexOf(fact.link_id) } : fact,
    )
  }
  return facts
}
