import type { Lab, LabOptions } from './lab.ts'

export interface Scenario {
  name: string
  options?: LabOptions
  run: (lab: Lab) => Promise<void>
  /** milliseconds by which the credited time may differ from the true one; default 300 */
  bar?: number
  /** less than the true time by at most this much, beside `bar` */
  mayLose?: number
  /** how many events the reader made happen; default 0 */
  events?: number
  /** how many sessions it should be; default 1 */
  sessions?: number
  /** also in `npm test`, not only in `npm run accuracy` */
  short?: boolean
  /** also in Firefox, in `npm test` */
  firefox?: boolean
}
