import { expect, test } from 'vitest'
import { schemaText } from '../../scripts/schema_text.ts'
import { readSql } from '../../src/store/read_sql.ts'
import { openTestEmbedded } from '../store/open_embedded.ts'

test('sql/schema.sql is the present schema: run `npm run schema` after a change in sql/', async () => {
  const store = await openTestEmbedded()
  try {
    expect(readSql('sql/schema.sql')).toBe(await schemaText(store.pool))
  } finally {
    await store.close()
  }
})
