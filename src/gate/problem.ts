import type { Context } from 'hono'
import { type FieldError, PROBLEMS, type Problem, type ProblemName } from '../contract/problem.ts'

/** A refusal on its way to the client. Throw it anywhere below a route; http's `answerError` turns it into problem+json. */
export class Refusal extends Error {
  constructor(
    readonly problem: ProblemName,
    /** a sentence: what happened, and what to do */
    detail: string,
    readonly options: { errors?: FieldError[]; retryAfterS?: number; allow?: string } = {},
  ) {
    super(detail)
  }
}

/** `application/problem+json` (RFC 9457), with `Retry-After` or `Allow` where the refusal has one. */
export function problem(c: Context, refusal: Refusal): Response {
  const { status, title } = PROBLEMS[refusal.problem]
  const body: Problem = { type: `/problems/${refusal.problem}`, title, status, detail: refusal.message }
  if (refusal.options.errors) body.errors = refusal.options.errors
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' }
  if (refusal.options.retryAfterS !== undefined)
    headers['Retry-After'] = String(Math.ceil(refusal.options.retryAfterS))
  if (refusal.options.allow) headers.Allow = refusal.options.allow
  return c.body(JSON.stringify(body), status, headers)
}

/** One step of a JSON Pointer (RFC 6901). */
export function pointerTo(part: PropertyKey): string {
  return `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Field errors of a schema check, as JSON Pointers. */
export function fieldErrors(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): FieldError[] {
  return issues.map(issue => ({
    pointer: issue.path.map(pointerTo).join(''),
    message: issue.message,
  }))
}

/** The refusal for values that do not fit a schema: the first wrong field is named in the sentence. */
export function invalid(issues: readonly { path: readonly PropertyKey[]; message: string }[]): Refusal {
  const errors = fieldErrors(issues)
  const first = errors[0]
  return new Refusal(
    'invalid',
    first ? `${first.pointer || 'The body'}: ${first.message}` : 'The body is not valid.',
    {
      errors,
    },
  )
}
