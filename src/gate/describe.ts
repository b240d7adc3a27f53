import type { z } from 'zod'
import { PROBLEMS, type ProblemName } from '../contract/problem.ts'
import { ProblemShape } from '../contract/problem_shape.ts'

/** Short forms of what OpenAPI wants to know of every route. */

/**
 * Who may use a route, by the names of SECURITY_SCHEMES, as the OpenAPI document says it. Every route says one of these;
 * tests/http/matrix.test.ts asks it as everybody and holds the answers to it.
 */
export const ANYONE: Security = []
/** An owner who is logged in, or a program with any token of theirs. */
export const READS: Security = [{ login: [] }, { token: ['read'] }]
/** An owner who is logged in, or a program with a token that may write. */
export const WRITES: Security = [{ login: [] }, { token: ['write'] }]
/** Only an owner who is logged in. */
export const AT_THE_STUDIO: Security = [{ login: [] }]
/** Whoever has SERVICE_KEY. */
export const SERVICE: Security = [{ service: [] }]
/** Whoever has METRICS_TOKEN. */
export const METRICS: Security = [{ metrics: [] }]

type Security = Record<string, string[]>[]

export const SECURITY_SCHEMES = {
  login: {
    type: 'apiKey',
    in: 'cookie',
    name: 'pitchbeat-….session_token',
    description:
      'The cookie of POST /api/auth/sign-in/email; what changes something must come from the studio itself (Sec-Fetch-Site or Origin)',
  },
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'A token made in the studio’s settings, of the scope read or write; write reads as well',
  },
  service: { type: 'http', scheme: 'bearer', description: 'SERVICE_KEY' },
  metrics: { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN' },
} as const

/** A JSON answer. */
export function answers<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** A JSON body that must be there. */
export function takes<S extends z.ZodType>(schema: S) {
  return { required: true as const, content: { 'application/json': { schema } } }
}

/** The refusals a route knows, by status. The ones that every route of an owner knows (401, 403, 503) need not be named. */
export function refuses(...names: ProblemName[]) {
  const all: ProblemName[] = [
    ...new Set<ProblemName>(['unauthenticated', 'forbidden', 'unavailable', ...names]),
  ]
  return Object.fromEntries(
    all.map(name => [
      PROBLEMS[name].status,
      {
        description: PROBLEMS[name].title,
        content: { 'application/problem+json': { schema: ProblemShape } },
      },
    ]),
  )
}

/** `refuses`, for a route that takes a JSON body. */
export function refusesJson(...names: ProblemName[]) {
  return refuses('invalid', 'too_large', 'unsupported_media_type', ...names)
}

/** Exactly these refusals; `refuses` adds what every owner's route knows. */
export function only(...names: ProblemName[]) {
  const all = refuses(...names)
  return Object.fromEntries(names.map(name => [PROBLEMS[name].status, all[PROBLEMS[name].status]!]))
}
