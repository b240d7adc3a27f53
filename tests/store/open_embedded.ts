import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../../src/store/embedded.ts'
import { hashOfSql } from '../../src/store/generation.ts'
import { migrate } from '../../src/store/migrate.ts'
import { packageRoot, readSql } from '../../src/store/read_sql.ts'
import type { Store } from '../../src/store/store.ts'

/**
 * A migrated embedded store in a folder of its own, removed when closed. Made once for this state of sql/, then
 * copied: making one takes 5 s, copying one a fraction.
 */
export async function openTestEmbedded(): Promise<Store> {
  const folder = await migratedFolder()
  const store = await openEmbedded(folder)
  return {
    ...store,
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The folder of a migrated embedded store that nobody has open. Whoever asks removes it. */
export async function migratedFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-store-'))
  cpSync(await templateFolder(), folder, { recursive: true })
  return folder
}

async function templateFolder(): Promise<string> {
  const hash = createHash('sha256')
  hash.update(hashOfSql())
  hash.update(readSql('sql/generation.json'))
  hash.update(readSql('sql/roles.sql'))
  hash.update(readFileSync(join(packageRoot, 'node_modules/@electric-sql/pglite/package.json')))
  const cache = join(tmpdir(), 'pitchbeat-test-templates')
  const folder = join(cache, hash.digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const making = mkdtempSync(join(cache, 'making-'))
  const store = await openEmbedded(making)
  await migrate(store.pool)
  await store.database.maintain()
  await store.close()
  try {
    renameSync(making, folder)
  } catch {
    // another test file made it in the meantime
    rmSync(making, { recursive: true, force: true })
  }
  return folder
}
