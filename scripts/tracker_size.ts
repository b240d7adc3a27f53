import { buildTracker } from '../src/tracker/build.ts'

/**
 * `npm run check`: fails where the tracker outgrew its budget, in bytes of brotli 11. docs/decisions/0010 prices each
 * feature.
 */
const BUDGET = 1_600

const { script, brotli } = await buildTracker()
const line = `tracker: ${brotli} B brotli of ${BUDGET}, ${script.length} B plain`
if (brotli > BUDGET) {
  console.error(`${line}: too large`)
  process.exit(1)
}
console.log(line)
