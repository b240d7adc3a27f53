import type { OpenApi } from './openapi.ts'

const html = { content: { 'text/html': { schema: {} } } }
const json = { content: { 'application/json': { schema: {} } } }
const problem = { content: { 'application/problem+json': { schema: {} } } }
const empty = {}

/**
 * What is served but stands outside the OpenAPI document: the document itself, the files of the studio, the login
 * library's own routes and bodies, and what browsers ask on their own. In the document's form, to be held against it.
 */
export const OUTSIDE: OpenApi['paths'] = {
  '/openapi.json': { get: { responses: { 200: json } } },
  '/': { get: { responses: { 302: empty } } },
  '/studio': { get: { responses: { 302: empty } } },
  '/studio/{screen}': { get: { responses: { 200: html } } },
  '/studio/assets/{file}': {
    get: { responses: { 200: { content: { 'text/javascript': { schema: {} } } }, 404: problem } },
  },
  '/p/{slug}/': { get: { responses: { 301: empty } } },
  '/p/{slug}/sessions': { options: { responses: { 204: empty } } },
  '/p/{slug}/beat': { options: { responses: { 204: empty } } },
  '/mine/done': { get: { responses: { 200: html } } },
  '/api/auth/sign-in/email': { post: { responses: { 200: json, 401: json, 403: problem } } },
  '/api/auth/sign-up/email': { post: { responses: { 400: problem, 403: problem } } },
  '/api/auth/get-session': { get: { responses: { 200: json } } },
  '/api/auth/sign-out': { post: { responses: { 200: json } } },
  '/api/auth/change-password': { post: { responses: { 401: json } } },
  '/api/auth/revoke-sessions': { post: { responses: { 401: json } } },
  '/api/auth/request-password-reset': { post: { responses: { 400: json } } },
  '/api/auth/reset-password': { post: { responses: { 400: json } } },
  '/api/auth/delete-user': { post: { responses: { 400: problem } } },
}
