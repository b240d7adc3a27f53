import type { FieldError, Problem } from '../../contract/problem.ts'
import { ASKED, takeEarly } from '../early.ts'
import { t } from '../texts.ts'
import { accountHere, loggedInAgain } from './login.ts'

export { query } from './query.ts'

/** An answer that is not 2xx, or none at all (`status` 0). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors: FieldError[] = [],
  ) {
    super(message)
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The login's own routes say with 401 that a password is wrong. */
const LOGIN = '/api/auth/'

/** What a query hands to the question it asks. */
export interface Asked {
  signal: AbortSignal
}

/** A report may take 10 s on the server; what takes longer than this is lost. */
const PATIENCE_MS = 15_000

/**
 * Asks for something.
 * @param signal of the query: an answer that nobody waits for any more is not fetched to its end
 * @param patience how long the answer may take, in milliseconds
 * @throws ApiProblem with a sentence for the person in front of the screen
 */
export function get<Answer>(path: string, signal?: AbortSignal, patience = PATIENCE_MS): Promise<Answer> {
  const late = AbortSignal.timeout(patience)
  return request('GET', path, undefined, {}, signal ? AbortSignal.any([signal, late]) : late)
}

/**
 * One call of the studio API. Where the login has expired, it waits until the owner has logged in again over the
 * screen, then is sent once more: whoever called does not notice.
 * @throws ApiProblem with a sentence for the person in front of the screen
 */
export async function request<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Answer> {
  let response: Response
  try {
    const early = method === 'GET' ? takeEarly(path) : undefined
    response = await (early ??
      fetch(path, {
        ...ASKED,
        method,
        headers: {
          ...ASKED.headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      }))
  } catch {
    throw new ApiProblem(0, t('no_connection'))
  }
  if (response.status === 401 && accountHere() !== null && !path.startsWith(LOGIN)) {
    await loggedInAgain()
    return request(method, path, body, headers, signal)
  }
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204) return undefined as Answer
  return (await response.json().catch(() => {
    throw new ApiProblem(0, t('no_connection'))
  })) as Answer
}

/**
 * Deletes something.
 * @param leaving the document ends: the request outlives it, and its answer is heard by nobody
 * @throws ApiProblem as `request`
 */
export async function remove(path: string, leaving: boolean): Promise<void> {
  if (leaving) await fetch(path, { ...ASKED, method: 'DELETE', keepalive: true })
  else await request<void>('DELETE', path)
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem> & { message?: string }
  const sentence = body.detail ?? body.message ?? t('no_answer', { status: response.status })
  return new ApiProblem(response.status, sentence, body.errors)
}
