import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { ReportItem } from '../../../src/contract/shapes.ts'
import {
  ACME,
  campaigns,
  draftOf,
  leads,
  linksOf,
  live,
  pages,
  projects,
  publishedPages,
  versions,
} from './campaigns.ts'
import { previewPage } from './preview.ts'
import { figures, reconcile, reports } from './reports.ts'
import { opens, sessions, storyOf } from './sessions.ts'

/** The policy of src/http/studio.ts: pictures are taken, and screens tested, under it. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface SampleServer {
  url: string
  /** what screens should show instead of the sample: nobody logged in, nobody set up, nothing yet, errors */
  mode: 'full' | 'logged out' | 'no owner' | 'nothing' | 'failing' | 'slow' | 'overtaken'
  close: () => void
}

/** Serves the built studio with a sample of answers that never change. */
export async function startSampleServer(folder = 'dist/studio'): Promise<SampleServer> {
  const sample: SampleServer = { url: '', mode: 'full', close: () => server.close() }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://sample')
    if (pathname.startsWith('/studio')) return serveFile(folder, pathname, response)
    if (pathname.includes('/preview/')) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      return response.end(previewPage(pages))
    }
    if (sample.mode === 'slow' && pathname !== '/api/auth/get-session') return
    request.resume()
    const [status, body] = answer(request, pathname, sample.mode)
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  sample.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return sample
}

function serveFile(folder: string, path: string, response: ServerResponse): void {
  const name = /\.\w+$/.test(path) ? path.replace('/studio/', '') : 'index.html'
  response.writeHead(200, {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
  })
  response.end(readFileSync(join(folder, name)))
}

/** One page that holds everything; figures of links are those of the report. */
const list = (items: unknown[]) => ({ items, next: null, total: items.length })
const problem = (status: number, detail: string): [number, unknown] => [
  status,
  { status, detail, title: detail },
]

function answer(request: IncomingMessage, path: string, mode: SampleServer['mode']): [number, unknown] {
  const search = new URL(request.url!, 'http://sample').searchParams
  if (path === '/api/setup') return [200, { needs_owner: mode === 'no owner' }]
  const out = mode === 'logged out' || mode === 'no owner'
  if (path === '/api/auth/get-session')
    return [200, out ? null : { user: { id: 'mara', name: 'Mara Ilves', email: 'mara@ilves.example' } }]
  if (out) return problem(401, 'Log in, or send a valid token.')
  if (mode === 'failing') return problem(503, 'The database is not available right now.')
  if (path === '/api/projects') return [200, list(mode === 'nothing' ? [] : projects)]
  if (path === '/api/tokens') return [200, list([])]
  if (path === '/api/invitations') return [200, { open: false }]
  if (path === '/api/live') return [200, mode === 'nothing' ? { ...live, items: [] } : live]
  if (path === '/api/campaigns') {
    const project = search.get('project')
    return [
      200,
      list(mode === 'nothing' ? [] : campaigns.filter(one => !project || one.project_id === project)),
    ]
  }
  if (path === '/api/leads') return [200, list(mode === 'nothing' ? [] : leadsOf(search))]
  const [, id = '', rest = ''] = /^\/api\/campaigns\/([^/]+)\/?(.*)$/.exec(path) ?? []
  const campaign = campaigns.find(one => one.id === id)
  if (!campaign) return problem(404, 'There is no such campaign.')
  if (rest === '')
    return [200, { ...campaign, draft: draftOf(id), published: campaign.published_at && publishedPages }]
  if (rest === 'draft') {
    return mode === 'overtaken'
      ? problem(412, 'The draft was changed elsewhere.')
      : [200, { draft_version: 8, changed_since_publish: true }]
  }
  if (rest === 'history') return [200, list(versions)]
  if (rest.startsWith('history/')) {
    const version = versions.find(one => rest.endsWith(one.id))
    return version ? [200, version] : problem(404, 'There is no such version.')
  }
  if (rest === 'links') return [200, list(linkItems(id, search))]
  return id === ACME ? acme(rest, search) : nothingOf(rest)
}

function acme(rest: string, search: URLSearchParams): [number, unknown] {
  if (rest === 'figures') return [200, figures]
  if (rest === 'leads') return [200, list(leadsOf(search))]
  if (rest === 'opens') return [200, list(opensOf(search))]
  if (rest === 'reports/reconcile') return [200, reconcile]
  if (rest.startsWith('reports/')) return [200, list(reports[rest.slice(8)] ?? [])]
  if (rest === 'sessions') {
    const link = search.get('link')
    const verdict = search.get('verdict')
    const flags = search.get('flag')?.split(',')
    return [
      200,
      list(
        sessions.filter(
          one =>
            (!link || one.link.id === link) &&
            (!verdict || one.verdict === verdict) &&
            (!flags || flags.includes(one.flag)),
        ),
      ),
    ]
  }
  const story = storyOf(rest.replace('sessions/', ''))
  return story ? [200, story] : problem(404, 'There is no such session.')
}

function linkItems(id: string, search: URLSearchParams): unknown[] {
  const link = search.get('link')
  const shown = linksOf(id).filter(one => search.get('shows_title') !== 'true' && (!link || one.id === link))
  const read = (id === ACME ? reports.links : []) as ReportItem<'links'>[]
  const none = campaigns.find(one => one.figures.last_read_at === null)!.figures
  const items = shown.map(one => {
    const row = read.find(other => other.link_id === one.id)
    if (!row) return { ...one, figures: none }
    const { link_id, label, slug, ...figures } = row
    return { ...one, figures }
  })
  return search.get('sort') === 'time'
    ? items.sort((a, b) => b.figures.total_time_ms - a.figures.total_time_ms)
    : items
}

function leadsOf(search: URLSearchParams): unknown[] {
  const states = search.get('status')?.split(',')
  const { id, title, project_id } = campaigns.find(one => one.id === ACME)!
  return leads
    .filter(one => !states || states.includes(one.status))
    .map(one => ({ ...one, campaign: { id, title, project_id } }))
}

function opensOf(search: URLSearchParams): unknown[] {
  const verdict = search.get('verdict')
  return opens.filter(
    one => (!verdict || one.verdict === verdict) && !(search.get('claimed') === 'false' && one.claimed),
  )
}

function nothingOf(rest: string): [number, unknown] {
  if (rest === 'reports/reconcile')
    return [200, { ...reconcile, total: 0, actual: 0, new: 0, bot: 0, unscripted: 0, owner: 0, reasons: [] }]
  return [200, list([])]
}
