import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import { ProblemShape } from '../contract/problem_shape.ts'
import { Batch, SessionCreated, SessionStart } from '../contract/wire.ts'
import { ANYONE } from '../gate/describe.ts'

const REFUSALS = {
  400: 'A field does not fit: `invalid`, `bad_ticket`, `unsupported_version` or `too_deep`, naming it',
  403: "The Origin is not among the project's allowed origins",
  413: 'Over 64 KiB',
  415: 'Neither text/plain nor application/json',
  429: 'Too many requests from this address; see Retry-After',
  503: 'Nothing can be recorded right now; see Retry-After',
}

/**
 * Enters the two routes into the OpenAPI document by hand: `createRoute` reads `text/plain` as a form, and text/plain is
 * what spares a browser the preflight.
 */
export function describeCollect(api: OpenAPIHono): void {
  const refusals = Object.fromEntries(
    Object.entries(REFUSALS).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: ProblemShape } } },
    ]),
  )
  const request = (schema: z.ZodType) => ({
    params: z.object({ slug: z.string() }),
    body: { required: true, content: { 'application/json': { schema }, 'text/plain': { schema } } },
  })
  api.openAPIRegistry.registerPath({
    method: 'post',
    path: '/p/{slug}/sessions',
    security: ANYONE,
    summary: 'Begin a session, or confirm one',
    request: request(SessionStart),
    responses: {
      201: { description: 'Durable', content: { 'application/json': { schema: SessionCreated } } },
      ...refusals,
    },
  })
  api.openAPIRegistry.registerPath({
    method: 'post',
    path: '/p/{slug}/beat',
    security: ANYONE,
    summary: 'Report views and events',
    request: request(Batch),
    responses: { 204: { description: 'Durable' }, ...refusals },
  })
}
