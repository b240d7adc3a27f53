import { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from 'hono'
import { invalid } from './problem.ts'

/** A router whose schema failures become problem+json naming the field. Every room starts from one. */
export function newApi<E extends Env = Env>(): OpenAPIHono<E> {
  return new OpenAPIHono<E>({
    defaultHook: result => {
      if (!result.success) throw invalid(result.error.issues)
    },
  })
}
