/** Every error of the HTTP interface, by name: `/problems/<name>` (RFC 9457). */
export const PROBLEMS = {
  invalid: { status: 400, title: 'The request does not have the expected form' },
  unsupported_version: { status: 400, title: 'This version of the wire is not known' },
  bad_ticket: { status: 400, title: 'The ticket is not one of ours, or belongs to another link' },
  too_deep: { status: 400, title: 'The JSON is nested too deeply' },
  unauthenticated: { status: 401, title: 'Log in, or send a valid token' },
  forbidden: { status: 403, title: 'This is not allowed' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  conflict: { status: 409, title: 'This exists already, or was done already' },
  gone: { status: 410, title: 'This is no longer available' },
  precondition_failed: { status: 412, title: 'Somebody changed this in the meantime' },
  too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted' },
  unprocessable: { status: 422, title: 'The values cannot be used' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service is not available right now' },
} as const
export type ProblemName = keyof typeof PROBLEMS

export interface FieldError {
  /** JSON Pointer into the body, e.g. `/views/0/active_ms` */
  pointer: string
  message: string
}

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  errors?: FieldError[]
}
