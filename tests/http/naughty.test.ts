import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onOneLine } from '../../src/contract/line.ts'
import { uuidv7 } from '../../src/contract/uuid.ts'
import { type Caller, openStudio, type Studio } from '../accounts/studio.ts'
import { pages } from '../campaigns/pages.ts'
import { batch, CHROME, start } from '../collect/door.ts'
import { SERVICE_KEY } from './app_of.ts'
import { furnish, type Things } from './furnished.ts'
import { NAUGHTY } from './naughty_texts.ts'

/**
 * Texts that went wrong somewhere, through everything that takes a text and all that shows it again: collect, the form, the
 * editor, the lists, the public pages, the files. What comes out is what went in; a page has the same elements as with a
 * harmless text; no cell of a file is a formula.
 */

let studio: Studio
let mara: Caller
let things: Things
let at: string
beforeAll(async () => {
  studio = await openStudio({ limitFactor: 10_000 })
  const owner = await studio.owner('mara@example.com')
  things = await furnish(studio, owner)
  at = `/api/campaigns/${things.id}`
  const { token } = (await owner.ask('POST', '/api/tokens', { body: { name: 'x', scope: 'write' } })).body
  mara = studio.program(token)
})
afterAll(() => studio?.close())

const TEXTS = Object.entries(NAUGHTY)
/** What is stored of a text: the database takes neither NUL nor half a pair. */
const clean = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD')
const done = (answer: { status: number; text: string }, name: string) =>
  expect(answer.status, `${name}: ${answer.text.slice(0, 300)}`).toBeLessThan(400)

/** Every page of a list. */
async function all(path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: { items: Record<string, unknown>[]; next: string | null } = await mara.get(
      `${path}${next && `&cursor=${next}`}`,
    )
    items.push(...page.items)
    next = page.next
  }
  return items
}

describe('what a reader’s browser says', () => {
  const sessions = new Map<string, string>()

  it('is taken by collect, and saved without a dead letter', async () => {
    const reader = studio.browser()
    const post = (path: string, body: object) =>
      reader.ask('POST', `/p/${things.slug}/${path}`, { body, headers: { 'User-Agent': CHROME } })
    for (const [name, text] of TEXTS) {
      const id = uuidv7()
      sessions.set(name, id)
      const part = clean(text) === '__proto__' ? 'proto' : text.slice(0, 100)
      const view = {
        id: uuidv7(),
        page: text.slice(0, 100),
        active_ms: 12_000,
        scroll: 80,
        parts: { [part]: 4_000 },
      }
      const event = {
        id: uuidv7(),
        type: 'cta_click',
        view: view.id,
        ago_ms: 5,
        label: text.slice(0, 200),
        target: text,
      }
      const { ticket } = things
      const utm = { source: text, medium: text, campaign: text }
      const about = { referrer: text, language: text.slice(0, 35), utm, page: text.slice(0, 100) }
      done(await post('sessions', start({ ticket, id, ...about })), name)
      done(await post('beat', batch({ ticket, session: id, views: [view], events: [event] })), name)
    }
    const drained = await studio.program(SERVICE_KEY).ask('POST', '/internal/drain', { body: {} })
    expect(drained.body).toMatchObject({ dead: 0, dropped: {}, remaining: 0 })
  })

  it('is told again as it was', async () => {
    for (const [name, text] of TEXTS) {
      const { story, language } = await mara.get(`${at}/sessions/${sessions.get(name)}`)
      const part = clean(text) === '__proto__' ? 'proto' : clean(text.slice(0, 100))
      expect(story, name).toMatchObject([
        { what: 'opened' },
        { what: 'view', page: clean(text.slice(0, 100)), parts: { [part]: 4_000 } },
        {
          what: 'event',
          page: clean(text.slice(0, 100)),
          label: clean(text.slice(0, 200)),
          target: clean(text),
        },
      ])
      expect(language, name).toBe(clean(text.slice(0, 35)))
    }
  })
})

describe('what a reader writes into the form', () => {
  it('is read by the owner as it was, the name on one line, found by its words, and sorted by its name', async () => {
    const reader = studio.browser()
    for (const [name, text] of TEXTS) {
      const fields = { name: text, email: 'ada@acme.example', message: text, lead_id: uuidv7() }
      const answer = await reader.ask('POST', `/p/${things.slug}/contact`, {
        raw: `${new URLSearchParams(fields)}`,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      })
      expect([answer.status, answer.headers.get('location')], name).toEqual([
        303,
        `/p/${things.slug}/contact?sent`,
      ])
    }
    const written = (text: string) => clean(text).replaceAll('\r\n', '\n').trim()
    const leads = await all(`${at}/leads?sort=name&limit=20`)
    expect(new Set(leads.map(({ id }) => id)).size).toBe(TEXTS.length + 1)
    const said = new Set(leads.map(({ name, message }) => `${name}\n--\n${message}`))
    for (const [name, text] of TEXTS) {
      const line = onOneLine(clean(text))
      expect(said, name).toContain(`${line}\n--\n${written(text)}`)
      const q = encodeURIComponent(line)
      const { items } = await mara.get(`/api/leads?limit=200&q=${q}`)
      expect(
        items.map((one: { name: string }) => one.name),
        name,
      ).toContain(line)
    }
  })
})

describe('what the owner writes', () => {
  it('into labels is listed as it was, on one line, page by page in their order, and found by its words', async () => {
    const labels = TEXTS.map(([, text]) => text)
    done(await mara.ask('POST', `${at}/links`, { body: { labels } }), 'labels')
    const links = await all(`${at}/links?sort=label&limit=20`)
    expect(new Set(links.map(({ id }) => id)).size).toBe(labels.length + 1)
    const listed = links.map(({ label }) => label as string)
    for (const [name, text] of TEXTS) {
      expect(listed, name).toContain(onOneLine(clean(text)))
      const { items } = await mara.get(
        `${at}/links?limit=200&q=${encodeURIComponent(onOneLine(clean(text)))}`,
      )
      expect(
        items.map((one: { label: string }) => one.label),
        name,
      ).toContain(onOneLine(clean(text)))
    }
  })

  it('into the editor is kept as it was, and its readers see it as words', async () => {
    const write = async (name: string, text: string) => {
      const cut = (most: number) => text.slice(0, most)
      const draft = pages({
        summary: {
          name: cut(200),
          for_whom: cut(200),
          sentence: text,
          results: [{ figure: cut(40), text: cut(200) }],
          body: 'Words.',
        },
        case_studies: [
          { id: 'one', title: cut(200), body: text, url: 'https://a.example', url_label: cut(200) },
        ],
        contact: {
          heading: cut(200),
          body: 'Words.',
          cta: { label: cut(200), url: 'https://b.example' },
          form: true,
        },
      })
      const { draft_version } = await mara.get(at)
      const headers = { 'If-Match': `"${draft_version}"` }
      done(await mara.ask('PUT', `${at}/draft`, { body: draft, headers }), name)
      done(await mara.ask('PATCH', at, { body: { title: cut(200), gone_text: text } }), name)
      const published = await mara.ask('POST', `${at}/publish`)
      done(published, name)
      expect(published.body.draft, name).toEqual(
        JSON.parse(JSON.stringify(draft), (_, one) => (typeof one === 'string' ? clean(one) : one)),
      )
      expect(published.body.published, name).toEqual(published.body.draft)
      expect(published.body.title, name).toBe(onOneLine(clean(cut(200))))
      const page = async (path: string) =>
        (await studio.browser().ask('GET', `/p/${things.slug}${path}`)).text
      return {
        summary: await page(''),
        case_studies: await page('/case-studies'),
        contact: await page('/contact'),
      }
    }
    const harmless = await write('harmless', 'Words')
    for (const [name, text] of TEXTS) {
      const now = await write(name, text)
      for (const page of ['summary', 'contact'] as const)
        expect(elementsOf(now[page]), `${name}, ${page}`).toEqual(elementsOf(harmless[page]))
      // Markdown makes elements of its own, but none that runs or asks
      const made = elementsOf(now.case_studies).filter(
        one => !elementsOf(harmless.case_studies).includes(one),
      )
      for (const one of made)
        expect(one, name).toMatch(/^\/?(p|em|strong|code|pre|del|a|ul|ol|li|blockquote|h\d|br|hr)\b/)
      for (const one of made) expect(one, name).not.toMatch(/ on\w+/i)
      for (const [, address] of now.case_studies.matchAll(/ (?:href|src)="([^"]*)"/g))
        expect(address, name).toMatch(/^(https?:|mailto:|\/|#|$)/)
      const words = escaped(clean(text.slice(0, 40)))
      for (const html of Object.values(now)) expect(html, name).toContain(words)
    }
  })
})

/** Names of elements and of their attributes, in order; values stand in double quotes, in which our pages escape them. */
function elementsOf(html: string): string[] {
  const body = html.slice(html.indexOf('<body'))
  return [...body.matchAll(/<(\/?[a-z][^\s>/]*|!--)((?:[^>"]|"[^"]*")*)>/gi)].map(
    ([, name, attributes]) => `${name} ${attributes!.replace(/="[^"]*"/g, '')}`,
  )
}

const escaped = (text: string) =>
  text.replace(
    /[&<>"']/g,
    one => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one]!,
  )

describe('what is taken home', () => {
  it.each(['sessions', 'events', 'leads'])(
    '%s are the same in both files, and no cell is a formula',
    async what => {
      const lines = (await mara.ask('GET', `${at}/export/${what}.jsonl`)).text.split('\n').filter(Boolean)
      const rows = lines.map(line => JSON.parse(line) as Record<string, unknown>)
      const [head, ...cells] = readCsv((await mara.ask('GET', `${at}/export/${what}.csv`)).text)
      expect(rows.length).toBeGreaterThanOrEqual(TEXTS.length)
      expect(cells).toHaveLength(rows.length)
      for (const [i, row] of rows.entries()) {
        expect(head).toEqual(Object.keys(row))
        for (const cell of cells[i]!) expect(cell).not.toMatch(FORMULA)
        const harmless = (value: unknown) => {
          const text = value === null ? '' : String(value)
          return typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
        }
        expect(cells[i]).toEqual(Object.values(row).map(harmless))
      }
    },
  )
})

/** What spreadsheets take for the beginning of a formula (OWASP, CSV Injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n\r]*))(,|\r?\n|$)/gy
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    if (!found) throw new Error(`no CSV at ${JSON.stringify(text.slice(row.length, 200))}`)
    row.push(found[1]?.replaceAll('""', '"') ?? found[2]!)
    if (found[3] !== ',') rows.push(row)
    if (found[3] !== ',') row = []
  }
  return rows
}
