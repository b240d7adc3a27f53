import type { Reply } from './redis_link.ts'

/** One entry of a stream. */
export interface StreamEntry {
  id: string
  bytes: Buffer
}

/** `[[id, [field, value]], …]`. An entry deleted while it was pending comes as nil (6.2) and is left out. */
export function entriesOf(reply: Reply): StreamEntry[] {
  return list(reply).flatMap(entry => {
    if (!Array.isArray(entry) || !Array.isArray(entry[1])) return []
    const value = entry[1][1]
    return [
      { id: String(entry[0]), bytes: Buffer.isBuffer(value) ? value : Buffer.from(String(value ?? '')) },
    ]
  })
}

/** `[name, value, name, value, …]` as an object; RESP 2 has no maps. */
export function fieldsOf(reply: Reply): Record<string, string | null> {
  const flat = list(reply)
  const fields: Record<string, string | null> = {}
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const value = flat[i + 1]!
    fields[String(flat[i])] = value === null || Array.isArray(value) ? null : String(value)
  }
  return fields
}

export function list(reply: Reply | undefined): Reply[] {
  return Array.isArray(reply) ? reply : []
}
