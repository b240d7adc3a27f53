import { z } from 'zod'
import { REPORTS, Reconcile } from '../contract/shapes.ts'
import { readSql } from '../store/read_sql.ts'

const list = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item) })

/**
 * Every report: what it answers, in one line, and the shape of the answer. Its question is asked by the file of the same
 * name beside this one.
 */
const ANSWERS = {
  sessions_by_day: ['Sessions and time of every day of the range', list(REPORTS.sessions_by_day)],
  reconcile: ['What everything that came counts as; it adds up', Reconcile],
  links: ['The figures of every link', list(REPORTS.links)],
  pages: ['How the reading divides over the pages', list(REPORTS.pages)],
  case_studies: ['How long each case study was read', list(REPORTS.case_studies)],
  funnel: ['How far readers came', list(REPORTS.funnel)],
  devices: ['What was read with', list(REPORTS.devices)],
  referrers: ['Where readers came from', list(REPORTS.referrers)],
  events: ['What readers did', list(REPORTS.events)],
} as const satisfies Record<string, readonly [string, z.ZodType]>

export interface Report {
  name: keyof typeof ANSWERS
  about: string
  answer: z.ZodType
  sql: string
}

export const CATALOG: Report[] = Object.entries(ANSWERS).map(([name, [about, answer]]) => ({
  name: name as keyof typeof ANSWERS,
  about,
  answer,
  sql: readSql(`src/reports/${name}.sql`),
}))
