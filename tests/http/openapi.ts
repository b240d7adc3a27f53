import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** A schema as the document has it. */
export type Schema = Record<string, unknown> & { type?: string | string[] }

export interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
  /** who may, by name of a scheme and scopes; one of the list is enough */
  security?: Record<string, string[]>[]
  parameters?: { in: 'path' | 'query' | 'header'; name: string; required?: boolean; schema: Schema }[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> }
}
/** One route of the document. */
export interface Route {
  /** `GET /p/{slug}` */
  name: string
  method: string
  template: string
  operation: Operation
}
export interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components?: object
}

export function routesOf({ paths }: OpenApi): Route[] {
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([name, operation]) => {
      const method = name.toUpperCase()
      return { name: `${method} ${template}`, method, template, operation }
    }),
  )
}

/**
 * Holds answers against an OpenAPI document: that the route and status stand in it, that the content type is the one it
 * names, that nothing comes where it names none, and that a JSON body fits its schema, without a field beside it.
 * @returns what is wrong; empty where nothing is
 */
export function openApiChecker(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  ajv.addSchema({ ...(closed(document) as OpenApi), $id: 'openapi' })
  const validators = new Map<string, ReturnType<typeof ajv.compile>>()
  return (method: string, template: string, status: number, contentType: string, text: string): string[] => {
    const operation = document.paths[template]?.[method.toLowerCase()]
    if (!operation) return [`${method} ${template} is not in the document`]
    const response = operation.responses[String(status)]
    if (!response) return [`${method} ${template} does not document ${status}`]
    const media = contentType.split(';')[0]!
    const documented = Object.keys(response.content ?? {})
    if (documented.length === 0 && media === '' && text === '') return []
    const schema = response.content?.[media]?.schema
    if (!schema)
      return [`${method} ${template} ${status} documents ${documented.join() || 'no body'}, not "${media}"`]
    if (media.endsWith('jsonl')) return text.split('\n').flatMap(line => (line ? noJson(line) : []))
    if (!media.endsWith('json')) return []
    const pointer = `openapi#/paths/${step(template)}/${method.toLowerCase()}/responses/${status}/content/${step(media)}/schema`
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: pointer })
    validators.set(pointer, validate)
    const broken = noJson(text)
    if (broken.length > 0 || validate(JSON.parse(text))) return broken
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** One step of a JSON Pointer in a URI fragment. */
const step = (name: string) =>
  name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')

function noJson(text: string): string[] {
  try {
    JSON.parse(text)
    return []
  } catch {
    return [`no JSON: ${text.slice(0, 80)}`]
  }
}

/** The same schemas, but a field that an object does not name is wrong: what is answered must be documented. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed)
  if (node === null || typeof node !== 'object') return node
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(node)) copy[name] = closed(value)
  return copy.type === 'object' && copy.properties ? { additionalProperties: false, ...copy } : copy
}
