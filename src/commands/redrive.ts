import { defineCommand } from 'citty'
import { readConfig } from '../config.ts'
import { decodeEntry } from '../queue/entry_bytes.ts'
import { progressBar } from './progress_bar.ts'
import type { OpenSystem } from './system.ts'

const AT_ONCE = 200

interface Letter {
  id: number
  payload: Uint8Array
}

/**
 * Brings dead letters back to the queue, after whatever kept them from being saved was mended. One that cannot even be
 * read stays where it is. A crash in between doubles an entry, which the save does not mind, and loses none.
 */
export function redriveCommand(openSystem: OpenSystem) {
  return defineCommand({
    meta: { name: 'redrive', description: 'Send dead letters to the queue again.' },
    async run() {
      const system = await openSystem(readConfig())
      const { queue, store } = system
      const service = { role: 'service_role' } as const
      const take = (max: number, after: number) =>
        store.database.as(service, query =>
          query<Letter>('select id, payload from internal.take_dead_letters($1, $2)', [max, after]),
        )
      // Those that fail again come back with higher numbers; only what is dead now is sent.
      const all: number[] = []
      for (let page = await take(10_000, 0); page.length > 0; page = await take(10_000, page.at(-1)!.id))
        all.push(...page.map(one => one.id))
      const last = all.at(-1) ?? 0
      const bar = progressBar(`Sending ${all.length} dead letters again`)
      let sent = 0
      let unreadable = 0
      for (let page = await take(AT_ONCE, 0); page.length > 0; page = await take(AT_ONCE, page.at(-1)!.id)) {
        const readable = page
          .filter(letter => letter.id <= last)
          .flatMap(letter => {
            try {
              return [{ id: letter.id, entry: decodeEntry(letter.payload) }]
            } catch {
              unreadable++
              return []
            }
          })
        await queue.push(readable.map(one => one.entry))
        await store.database.as(service, query =>
          query('select internal.drop_dead_letters($1)', [readable.map(one => one.id)]),
        )
        sent += readable.length
        bar.to((sent + unreadable) / Math.max(1, all.length))
        if (page.at(-1)!.id >= last) break
      }
      bar.done(`${sent} were sent again${unreadable > 0 ? `, ${unreadable} cannot be read and stay` : ''}.`)
      await system.close()
    },
  })
}
