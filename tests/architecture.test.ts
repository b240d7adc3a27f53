import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The import rule: which rooms a room may import. A name with a slash is one file of a room: its door.
 * `main.ts` may import everything; only it imports adapters.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contract: [],
  tracker: ['contract'],
  studio: ['contract'],
  gate: ['contract'],
  queue: ['contract', 'store/database.ts'],
  store: ['contract'],
  collect: ['contract', 'gate', 'queue/queue.ts'],
  worker: ['contract', 'queue/queue.ts', 'queue/entry_bytes.ts', 'store/database.ts', 'store/save_batch.ts'],
  markdown: ['contract', 'gate', 'store/read_sql.ts'],
  reports: ['contract', 'gate', 'store/database.ts', 'store/read_sql.ts'],
  campaigns: ['contract', 'gate', 'markdown', 'store/database.ts', 'store/read_sql.ts'],
  accounts: ['contract', 'gate', 'store/database.ts', 'store/read_sql.ts', 'store/time_limits.ts'],
  pages: ['contract', 'gate', 'markdown', 'queue/queue.ts', 'store/database.ts', 'store/read_sql.ts'],
  http: ['contract', 'gate'],
  commands: [
    'contract',
    'gate',
    'config.ts',
    'http',
    'pages',
    'collect',
    'accounts',
    'campaigns',
    'reports',
    'worker',
    'queue/queue.ts',
    'store/database.ts',
    'store/save_batch.ts',
    'store/store.ts',
    'store/read_sql.ts',
    'store/backup.ts',
    'store/restore.ts',
    'queue/entry_bytes.ts',
  ],
}

/** What only main.ts may import: the files that know which database or queue this is. */
const ADAPTERS = [
  'store/embedded.ts',
  'store/postgres.ts',
  'queue/table.ts',
  'queue/redis.ts',
  'gate/limiters.ts',
]

const root = resolve(import.meta.dirname, '../src')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file))

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)
  return [...found].map(match => relative(root, resolve(root, dirname(file), match[1]!)))
}

const room = (file: string) => file.split('/')[0]!

describe('the import rule', () => {
  it.each(Object.keys(MAY_IMPORT))('%s imports only what the table allows', name => {
    const files = sources.filter(file => room(file) === name)
    expect(files.length, `src/${name} is empty`).toBeGreaterThan(0)
    const allowed = MAY_IMPORT[name]!
    const wrong = files.flatMap(file =>
      importsOf(file)
        .filter(
          target => room(target) !== name && !allowed.some(one => target === one || room(target) === one),
        )
        .map(target => `src/${file} imports src/${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('knows every room', () => {
    const rooms = new Set(sources.filter(file => file.includes('/')).map(room))
    expect([...rooms].filter(name => !(name in MAY_IMPORT))).toEqual([])
  })

  it('lets adapters be imported by main.ts alone', () => {
    const wrong = sources
      .filter(file => file !== 'main.ts')
      .flatMap(file =>
        importsOf(file)
          .filter(target => ADAPTERS.includes(target))
          .map(target => `src/${file} imports src/${target}`),
      )
    expect(wrong).toEqual([])
  })

  it('lets config.ts alone read process.env', () => {
    const wrong = sources.filter(
      file => file !== 'config.ts' && /process\.env/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(wrong).toEqual([])
  })

  it('lets parts/link.tsx alone lead somewhere in the studio: the router takes "?page=contact" for its base', () => {
    const wrong = sources
      .filter(file => room(file) === 'studio' && file !== 'studio/parts/link.tsx')
      .filter(file => {
        const text = readFileSync(join(root, file), 'utf8')
        return (
          /\b(Link|Redirect|useLocation)\b[^}]*\} from 'wouter'/.test(text) || /href=(\{[`'"]|")\?/.test(text)
        )
      })
    expect(wrong).toEqual([])
  })

  it('keeps the commands out of everything but main.ts', () => {
    const wrong = sources.filter(
      file =>
        file !== 'main.ts' &&
        room(file) !== 'commands' &&
        importsOf(file).some(target => room(target) === 'commands'),
    )
    expect(wrong).toEqual([])
  })
})
