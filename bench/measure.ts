/** One measurement, as docs/measures.md shows it. */
export interface Measure {
  name: string
  /** what was run, a sentence or two */
  what: string
  /** name and value of each line */
  lines: [string, string][]
  /** what must not be, and was */
  failed: string[]
}
