import { expect } from 'vitest'
import type { Problem } from '../../src/contract/problem.ts'

/** The problem of a refusal, which a script of another origin must be able to read. */
export async function problemOf(answer: Response): Promise<Problem & { pointer: string | undefined }> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-expose-headers')).toBe('Retry-After')
  const problem = (await answer.json()) as Problem
  expect(problem.status).toBe(answer.status)
  return { ...problem, pointer: problem.errors?.[0]?.pointer }
}
