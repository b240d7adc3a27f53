import pg from 'pg'

const INT8 = 20
const NUMERIC = 1700
const DATE = 1082
const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [NUMERIC]: Number,
  // a date has no zone; as a Date it would shift by a day west of Greenwich
  [DATE]: text => text,
}

/** How values come back: bigint and numeric as number (durations and counts stay far below 2^53), date as text. */
export const poolTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format)) as never,
}
