import { expect, test } from 'vitest'
import { schemaText } from '../../scripts/schema_text.ts'
import { hashOfSql, ownGeneration } from '../../src/store/generation.ts'
import { readSql } from '../../src/store/read_sql.ts'
import { openTestEmbedded } from '../store/open_embedded.ts'

test('sql/generation.json is of the present migrations and definitions: run `npm run schema` after a change in sql/', () => {
  expect(ownGeneration()).toMatchObject({ hash: hashOfSql() })
})

test('sql/schema.sql is the present schema: run `npm run schema` after a change in sql/', async () => {
  const store = await openTestEmbedded()
  try {
    expect(readSql('sql/schema.sql')).toBe(await schemaText(store.pool))
  } finally {
    await store.close()
  }
})
