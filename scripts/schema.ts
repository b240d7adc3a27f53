import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../src/store/embedded.ts'
import { hashOfSql, ownGeneration } from '../src/store/generation.ts'
import { migrate } from '../src/store/migrate.ts'
import { packageRoot } from '../src/store/read_sql.ts'
import { schemaText } from './schema_text.ts'

/**
 * Writes sql/schema.sql, and raises sql/generation.json where anything in sql/ changed. Needs no server: the embedded
 * database is migrated in a folder that is thrown away.
 */
const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-schema-'))
const store = await openEmbedded(folder)
try {
  await migrate(store.pool)
  writeFileSync(join(packageRoot, 'sql/schema.sql'), await schemaText(store.pool))
} finally {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}
const before = ownGeneration()
const hash = hashOfSql()
if (hash !== before.hash)
  writeFileSync(
    join(packageRoot, 'sql/generation.json'),
    `${JSON.stringify({ ...before, generation: before.generation + 1, hash }, null, 2)}\n`,
  )
