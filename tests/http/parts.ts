/**
 * Which file asks which routes, first match; a new route belongs to one of them by its path, and that file fails until it
 * asks it. The last takes whatever no other does.
 */
const PARTS = {
  collect: /^\/p\/\{slug\}\/(sessions|beat)$/,
  pages: /^\/(p\/|pb\.|robots|favicon|\.well-known|studio|$)/,
  accounts: /^\/(api\/(setup|me|tokens|mine-codes|invitations|auth)\b|mine\/)/,
  reports: /^\/api\/(live|campaigns\/\{id\}\/(figures|reports|sessions|opens|export))\b/,
  campaigns: /^\/api\/(projects|campaigns|leads)\b/,
  machines: /^/,
} as const
export type Part = keyof typeof PARTS

/** @param template a path as the OpenAPI document has it */
export function partOf(template: string): Part {
  const [part] = Object.entries(PARTS).find(([, pattern]) => pattern.test(template))!
  return part as Part
}
