import { beforeAll, expect, it } from 'vitest'
import { appAlone } from './app_of.ts'
import type { OpenApi } from './openapi.ts'
import { OUTSIDE } from './outside.ts'

/** Every route that is mounted stands in the OpenAPI document or in the list of those outside it; wire_* asks them all. */

let app: ReturnType<typeof appAlone>
let paths: OpenApi['paths']
beforeAll(async () => {
  app = appAlone()
  const document = (await (await app.request('/openapi.json')).json()) as OpenApi
  paths = document.paths
})

it('documents every route that is mounted', () => {
  const listed = [paths, OUTSIDE].flatMap(list =>
    Object.entries(list).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    ),
  )
  const isListed = (route: string) =>
    route.endsWith('*') ? listed.some(one => one.startsWith(route.slice(0, -1))) : listed.includes(route)
  const mounted = app.routes
    .filter(({ method }) => method !== 'ALL')
    // the one path whose pattern is more than a name
    .map(({ method, path }) => `${method} ${path.replace(/^\/:file\{.+\}$/, '/pb.{hash}.js')}`)
    .map(route => route.replace(/:(\w+)/g, '{$1}'))
  expect(mounted.length).toBeGreaterThan(60)
  expect([...new Set(mounted)].filter(route => !isListed(route))).toEqual([])
})

it('lists nothing as outside that the document holds', () => {
  for (const [path, methods] of Object.entries(OUTSIDE))
    for (const method of Object.keys(methods))
      expect(paths[path]?.[method], `${method} ${path}`).toBeUndefined()
})

it('describes texts by patterns that other programs understand: without flags of JavaScript', () => {
  const patterns = [...JSON.stringify(paths).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, one]) =>
    JSON.parse(one!),
  )
  expect(patterns.length).toBeGreaterThan(10)
  for (const pattern of new Set<string>(patterns)) {
    expect(() => new RegExp(pattern, 'u'), pattern).not.toThrow()
    expect(pattern).not.toMatch(/\/[a-z]+$/)
  }
})
