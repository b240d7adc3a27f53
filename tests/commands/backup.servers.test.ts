import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { logInTo, type Owner, ownerOf } from '../servers/owner.ts'
import { startPitchbeat } from '../servers/pitchbeat.ts'
import { type Postgres, startPostgres } from '../servers/postgres.ts'
import { until } from '../servers/until.ts'

/** Backup and restore as an operator does them: the real commands on the real folders and servers. */

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-backup-'))
const SECRET = 'a-secret-that-moves-with-the-installation'
/** Node's own would count as a program */
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
let postgres: Postgres

const pitchbeat = (args: string[], env: Record<string, string>) =>
  run('node', ['dist/main.js', ...args], { env: { PATH: process.env.PATH, SECRET, ...env } })

/** Every version of a campaign with its pages. */
async function historyOf(owner: Pick<Owner, 'api'>, id: string) {
  const { items } = await owner.api<{ items: { id: string }[] }>('GET', `/api/campaigns/${id}/history`)
  expect(items.length).toBeGreaterThan(1)
  return Promise.all(items.map(one => owner.api('GET', `/api/campaigns/${id}/history/${one.id}`)))
}

/** Every figure an owner can see, as the API gives it. */
async function everything(owner: Pick<Owner, 'api'>) {
  const campaigns = (await owner.api<{ items: { id: string; draft: unknown }[] }>('GET', '/api/campaigns'))
    .items
  const of = async (id: string) => ({
    figures: await owner.api('GET', `/api/campaigns/${id}/figures`),
    sessions: await owner.api('GET', `/api/campaigns/${id}/sessions`),
    links: (
      await owner.api<{ items: { slug: string; label: string }[] }>('GET', `/api/campaigns/${id}/links`)
    ).items.map(link => [link.slug, link.label]),
    leads: await owner.api('GET', `/api/campaigns/${id}/leads`),
    history: await historyOf(owner, id),
    reports: await Promise.all(
      ['sessions_by_day', 'reconcile', 'links', 'pages', 'events'].map(name =>
        owner.api('GET', `/api/campaigns/${id}/reports/${name}`),
      ),
    ),
  })
  return {
    campaigns: campaigns.map(one => [one.id, one.draft]),
    details: await Promise.all(campaigns.map(one => of(one.id))),
  }
}

describe('backup and restore', () => {
  const embedded = join(folder, 'embedded')
  const file = join(folder, 'all.jsonl.gz')
  let before: Awaited<ReturnType<typeof everything>>

  beforeAll(async () => {
    postgres = await startPostgres()
    const server = await startPitchbeat({ bundled: true, dataDir: embedded, env: { SECRET } })
    const owner = await ownerOf(server)
    const campaign = await owner.campaign()
    const [link] = await owner.links(campaign.id, ['Acme, recruiter'])
    const { ticket } = (await (await fetch(`${server.url}/p/${link!.slug}/ticket`)).json()) as {
      ticket: string
    }
    for (let n = 0; n < 30; n++) {
      const view = uuidv7()
      const body = {
        v: 1,
        ticket,
        session: uuidv7(),
        state: 'left',
        input: true,
        automated: false,
        views: [
          { id: view, page: 'case_studies', active_ms: 1_000 + n * 100, scroll: n, parts: { bolt: 500 } },
        ],
        events: [
          {
            id: uuidv7(),
            type: 'cta_click',
            view,
            ago_ms: 10,
            label: `Büro “${n}” \\ 😀`,
            target: 'https://example.com',
          },
        ],
      }
      const answer = await fetch(`${server.url}/p/${link!.slug}/beat`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain', 'User-Agent': BROWSER },
        body: JSON.stringify(body),
      })
      expect(answer.status).toBe(204)
    }
    const form = new URLSearchParams({
      lead_id: uuidv7(),
      name: 'Jonna',
      email: 'jonna@acme.example',
      message: 'Hello',
      website: '',
    })
    expect(
      (
        await fetch(`${server.url}/p/${link!.slug}/contact`, {
          method: 'POST',
          body: form,
          redirect: 'manual',
        })
      ).status,
    ).toBe(303)
    await until(
      'all thirty sessions are in the figures',
      async () => (await owner.figures(campaign.id)).new_sessions === 30,
    )
    before = await everything(owner)
    await server.stop()
    await pitchbeat(['backup', file], { DATA_DIR: embedded })
  })
  afterAll(async () => {
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('moves a folder to PostgreSQL with every figure the same', async () => {
    const DATABASE_URL = await postgres.createDatabase('moved')
    await pitchbeat(['restore', file], { DATABASE_URL, DATA_DIR: join(folder, 'unused') })
    const server = await startPitchbeat({ bundled: true, env: { SECRET, DATABASE_URL } })
    try {
      expect(server.setupCode).toBeNull()
      expect(await everything(await logInTo(server))).toEqual(before)
      const { stdout } = await pitchbeat(['verify'], { DATABASE_URL, DATA_DIR: join(folder, 'unused') })
      expect(JSON.parse(stdout)).toMatchObject({ missing: 0 })
    } finally {
      await server.stop()
    }
  })

  it('restores a folder with every figure the same', async () => {
    const dataDir = join(folder, 'again')
    await pitchbeat(['restore', file], { DATA_DIR: dataDir })
    const server = await startPitchbeat({ bundled: true, dataDir, env: { SECRET } })
    try {
      expect(await everything(await logInTo(server))).toEqual(before)
    } finally {
      await server.stop()
    }
  })

  it('restores nothing from a file that is cut short', async () => {
    const cut = join(folder, 'cut.jsonl.gz')
    const whole = readFileSync(file)
    writeFileSync(cut, whole.subarray(0, whole.length - 200))
    const DATABASE_URL = await postgres.createDatabase('cut')
    const env = { DATABASE_URL, DATA_DIR: join(folder, 'unused') }
    await expect(pitchbeat(['restore', cut], env)).rejects.toMatchObject({
      stderr: expect.stringMatching(/Nothing was restored/),
    })
    const server = await startPitchbeat({ bundled: true, env: { SECRET, DATABASE_URL } })
    expect(server.setupCode).not.toBeNull()
    await server.stop()
  })

  it('refuses to restore into a database that is not empty, and to overwrite a backup', async () => {
    await expect(pitchbeat(['restore', file], { DATA_DIR: embedded })).rejects.toMatchObject({
      stderr: expect.stringMatching(/not empty/),
    })
    await expect(pitchbeat(['backup', file], { DATA_DIR: embedded })).rejects.toMatchObject({
      stderr: expect.stringMatching(/exists already/),
    })
  })
})
