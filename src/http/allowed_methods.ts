import type { Hono } from 'hono'

/**
 * Which methods some path would take, for `405` + `Allow`. Built once from the routes that are mounted, so that a new
 * route needs no second entry anywhere.
 */
export function allowedMethods(app: Pick<Hono, 'routes'>): (path: string) => string[] {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  for (const { method, path } of app.routes) {
    if (method === 'ALL') continue
    const route = routes.get(path) ?? { pattern: patternOf(path), methods: new Set() }
    route.methods.add(method)
    if (method === 'GET') route.methods.add('HEAD')
    routes.set(path, route)
  }
  return path => {
    const allowed = new Set<string>()
    for (const { pattern, methods } of routes.values())
      if (pattern.test(path)) for (const method of methods) allowed.add(method)
    return [...allowed].sort()
  }
}

/** `/p/:slug/:file{pb\\..+}` as a regular expression over whole paths. */
function patternOf(path: string): RegExp {
  const source = path
    .split('/')
    .map(part => {
      const [, constraint] = /^:[^{]+\{(.+)\}$/.exec(part) ?? []
      if (constraint) return constraint
      if (part.startsWith(':')) return '[^/]+'
      return part === '*' ? '.*' : part.replace(/[.+?^$()|[\]\\]/g, '\\$&')
    })
    .join('/')
  return new RegExp(`^${source}/?$`)
}
