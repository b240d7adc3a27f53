import { type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { Slug } from '../contract/shapes.ts'
import { TicketAnswer } from '../contract/wire.ts'
import { ANYONE, only, READS } from '../gate/describe.ts'

/** The public pages in the OpenAPI document. They read forms and answer HTML, so no schema runs before them. */
export function describePages({ openAPIRegistry }: OpenAPIHono): void {
  const add = (route: Omit<RouteConfig, 'responses'> & { responses: object }) =>
    openAPIRegistry.registerPath({ security: ANYONE, ...route } as RouteConfig)
  const params = z.object({ slug: Slug })
  const link = { request: { params } }

  for (const [path, summary] of [
    ['/p/{slug}', 'The summary'],
    ['/p/{slug}/case-studies', 'The case studies'],
    ['/p/{slug}/contact', 'The call to action and the form'],
    ['/p/{slug}/privacy', 'What is measured'],
  ] as const)
    add({ method: 'get', path, summary, ...link, responses: { 200: page('The page'), ...sayings() } })

  add({
    method: 'post',
    path: '/p/{slug}/contact',
    summary: 'Send a message',
    request: { params, body: form(LeadFields) },
    responses: {
      303: { description: 'Sent: on to the page that says so' },
      422: page('Not sent; the text is kept'),
      413: page('Over 64 KiB'),
      415: page('Not a form'),
      ...sayings(),
    },
  })
  add({
    method: 'post',
    path: '/p/{slug}/opt-out',
    summary: 'Ask not to be counted (`out=1`), or to be counted again (`out=0`)',
    request: { params, body: form(z.object({ out: z.enum(['0', '1']) })) },
    responses: {
      303: { description: 'Kept in the cookie `pb_out`; back to the page' },
      403: page('Sent from another site'),
      404: page('No link can have this name'),
      413: page('Too large'),
      415: page('Not a form'),
      429: page('Too many requests'),
    },
  })
  add({
    method: 'get',
    path: '/p/{slug}/ticket',
    summary: 'A ticket and the session window, for embedding sites',
    ...link,
    responses: {
      200: { description: 'The ticket', content: { 'application/json': { schema: TicketAnswer } } },
      ...only('not_found', 'gone', 'too_many_requests', 'unavailable'),
    },
  })
  add({
    method: 'get',
    path: '/p/{slug}/pb.js',
    summary: 'The tracker with a ticket in one script',
    ...link,
    responses: {
      200: script('The script'),
      404: script('A comment that says why there is none'),
      503: script('A comment: the database is away'),
      ...only('too_many_requests'),
    },
  })
  add({
    method: 'get',
    path: '/pb.{hash}.js',
    summary: 'The tracker of hosted pages',
    request: { params: z.object({ hash: z.string().regex(/^[A-Za-z0-9_-]+$/) }) },
    responses: { 200: script('The script, immutable under its own hash') },
  })
  add({
    method: 'get',
    path: '/api/campaigns/{id}/preview/{page}',
    security: READS,
    summary: 'A page of the draft, never counted',
    request: {
      params: z.object({
        id: z.guid(),
        page: z.enum(['summary', 'case_studies', 'contact', 'privacy']),
      }),
    },
    responses: { 200: page('The page'), ...only('unauthenticated', 'forbidden', 'not_found', 'unavailable') },
  })
  add({
    method: 'get',
    path: '/robots.txt',
    summary: 'What crawlers may fetch',
    responses: { 200: text('text/plain') },
  })
  add({
    method: 'get',
    path: '/.well-known/gpc.json',
    summary: 'That Global Privacy Control is honoured',
    responses: { 200: { description: 'It is', content: { 'application/json': { schema: Gpc } } } },
  })
  add({ method: 'get', path: '/favicon.ico', summary: 'The mark', responses: { 200: text('image/svg+xml') } })
}

const Gpc = z.object({ gpc: z.boolean(), lastUpdate: z.iso.date() })
const LeadFields = z.object({
  lead_id: z.guid(),
  name: z.string().max(200),
  email: z.string().max(320),
  message: z.string().max(5_000),
  website: z.string().optional(),
  session: z.guid().optional(),
  ticket: z.string().max(1_000).optional(),
})

const text = (type: string, description = 'The file') => ({
  description,
  content: { [type]: { schema: z.string() } },
})
const page = (description: string) => text('text/html', description)
const script = (description: string) => text('text/javascript', description)
const form = (schema: z.ZodType) => ({
  required: true as const,
  content: { 'application/x-www-form-urlencoded': { schema } },
})
const sayings = () => ({
  404: page('No such link, or nothing published under it'),
  410: page('Switched off, expired or deleted: the owner’s last words'),
  429: page('Too many requests'),
  503: page('The database is away'),
})
