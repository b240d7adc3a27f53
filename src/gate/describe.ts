import type { z } from 'zod'
import { PROBLEMS, type ProblemName } from '../contract/problem.ts'
import { ProblemShape } from '../contract/problem_shape.ts'

/** Short forms of what OpenAPI wants to know of every route. */

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
