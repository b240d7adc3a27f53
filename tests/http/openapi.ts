import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>
}
export interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components?: object
}

/** Holds answers against an OpenAPI document: that the route and status stand in it, and that the body fits its schema. */
export function openApiChecker(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  ajv.addSchema({ ...document, $id: 'openapi' } as object)
  return (method: string, template: string, status: number, contentType: string, body: unknown): string[] => {
    const operation = document.paths[template]?.[method.toLowerCase()]
    if (!operation) return [`${method} ${template} is not in the document`]
    const response = operation.responses[String(status)]
    if (!response) return [`${method} ${template} does not document ${status}`]
    const media = contentType.split(';')[0]!
    if (!response.content) return []
    const schema = response.content[media]?.schema
    if (!schema)
      return [`${method} ${template} ${status} documents ${Object.keys(response.content)}, not ${media}`]
    if (!/json/.test(media)) return []
    const pointer = `openapi#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method.toLowerCase()}/responses/${status}/content/${media.replaceAll('/', '~1')}/schema`
    const validate = ajv.compile({ $ref: pointer })
    return validate(body)
      ? []
      : (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
  }
}
