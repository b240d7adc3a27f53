import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineCommand } from 'citty'
import type { Hono } from 'hono'
import { type Config, readConfig } from '../config.ts'
import { createMetrics } from '../http/metrics.ts'
import { drain } from '../worker/drain.ts'
import { type DemoLink, demoHistory, demoLeads } from './demo_history.ts'
import { DEMO_CAMPAIGNS, type DemoCampaign } from './demo_pages.ts'
import { progressBar } from './progress_bar.ts'
import { assemble } from './serve.ts'
import { standingOf } from './standing.ts'
import { run } from './start.ts'
import type { OpenSystem, System } from './system.ts'

const EMAIL = 'demo@pitchbeat.example'
/** The history ends this long before now, so that the figures stand still until somebody reads. */
const QUIET_MS = 2 * 3_600_000
const CHUNK = 200

/** A sample owner, a campaign at /p/demo and 90 days of sessions: a full studio within a minute. */
export function demoCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: {
      name: 'demo',
      description: 'Start with a sample owner, a campaign at /p/demo and 90 days of sessions.',
    },
    async run() {
      const config = demoConfig(readConfig())
      const system = await openSystem(config)
      const login = keptLogin(config.DATA_DIR)
      await seed(system, login.password)
      await run(system, ['web', 'worker'], () => {
        process.stdout.write(`e-mail: ${EMAIL}\npassword: ${login.password}\n`)
      })
    },
  })
}

/** Loopback only, and a throwaway folder unless one was named. */
function demoConfig(config: Config): Config {
  const named = config.DATA_DIR !== './data'
  return {
    ...config,
    HOST: '127.0.0.1',
    DATA_DIR: named ? config.DATA_DIR : mkdtempSync(join(tmpdir(), 'pitchbeat-demo-')),
  }
}

/** The password is random and kept in the folder, so that a second start can print it again. */
function keptLogin(dataDir: string): { password: string } {
  const file = join(dataDir, 'demo-login.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { password: string }
  } catch {
    const login = { password: randomBytes(12).toString('base64url') }
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, JSON.stringify(login), { mode: 0o600 })
    return login
  }
}

/** Made once: a folder that has an owner is gone on with. */
async function seed(system: System, password: string): Promise<void> {
  const standing = () => standingOf(system, undefined, false)
  const metrics = createMetrics({ depth: () => system.queue.depth(), standing })
  const { app, accounts } = assemble(system, standing, metrics)
  if (!(await accounts.needsOwner())) return
  const api = await ownerApi(app, system.config.BASE_URL, {
    code: await accounts.setupCode(),
    name: 'Mara Ilves',
    email: EMAIL,
    password,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  const [project] = (await api<{ items: { id: string }[] }>('GET', '/api/projects')).items
  const bar = progressBar('90 days of sample sessions')
  for (const [index, sample] of DEMO_CAMPAIGNS.entries()) {
    const { id } = await api<{ id: string }>('POST', '/api/campaigns', {
      project_id: project!.id,
      title: sample.title,
      pages: sample.pages,
    })
    await api('POST', `/api/campaigns/${id}/publish`)
    const links = await sampleLinks(api, id, sample)
    const history = demoHistory({
      campaign_id: id,
      links,
      pages: sample.pages,
      until: Date.now() - QUIET_MS,
      daily: sample.daily,
      seed: index + 1,
    })
    for (let at = 0; at < history.length; at += CHUNK) {
      await system.queue.push(history.slice(at, at + CHUNK))
      await drain({
        queue: system.queue,
        database: system.store.database,
        log: system.log,
        budgetMs: 60_000,
        maxEntries: CHUNK,
      })
      bar.to((index + Math.min(1, (at + CHUNK) / history.length)) / DEMO_CAMPAIGNS.length)
    }
    const owner_id = (await api<{ id: string }>('GET', '/api/me')).id
    await system.store.database.as({ role: 'authenticated', owner_id }, query =>
      query('update pitchbeat.campaigns set published_at = $2 where id = $1', [
        id,
        new Date(history[0]!.received_at),
      ]),
    )
    for (const lead of demoLeads(history, sample.leads))
      await system.store.database.as({ role: 'service_role' }, query =>
        query('select internal.save_lead($1::jsonb)', [JSON.stringify(lead)]),
      )
  }
  bar.done('The sample is ready.')
}

/** The unlabelled link at its well-known slug where the sample has one, and one link for each label. */
async function sampleLinks(api: OwnerApi, id: string, { slug, labels }: DemoCampaign): Promise<DemoLink[]> {
  const path = `/api/campaigns/${id}/links`
  const [first] = (await api<{ items: DemoLink[] }>('GET', path)).items
  const rest = slug ? labels.slice(1) : labels
  if (slug) {
    await api('PATCH', `${path}/${first!.id}`, { label: labels[0] })
    await api('POST', path, { label: '', slug })
  }
  await api('POST', path, { labels: rest })
  return (await api<{ items: DemoLink[] }>('GET', path)).items
}

type OwnerApi = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** Calls the studio's own API in this process, as the owner who was just set up. */
async function ownerApi(app: Hono, baseUrl: string, setup: Record<string, string>): Promise<OwnerApi> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    Origin: new URL(baseUrl).origin,
  }
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await app.request(new URL(path, baseUrl), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    const cookies = answer.headers.getSetCookie().map(cookie => cookie.split(';')[0])
    if (cookies.length > 0) headers.Cookie = cookies.join('; ')
    const text = await answer.text()
    return (text ? JSON.parse(text) : undefined) as T
  }
  await call('POST', '/api/setup', setup)
  return call
}
