import { startChromium } from '../tests/servers/chromium.ts'
import { median } from './figures.ts'
import type { Measure } from './measure.ts'
import { largestPaint, startDemo } from './paint.ts'

const ROUNDS = 5
const FEW = 5
const MANY = 5_000
/** As many labels go into one request. */
const LABELS_MAX = 200
/** A screen of a campaign with many links may take this many times as long as with few. */
const RATIO_MAX = 2

/** The screens of a campaign with few links and of one with many, by turns. */
export async function lists(): Promise<Measure> {
  const demo = await startDemo()
  const chromium = await startChromium()
  const [project] = (await demo.api('GET', '/api/projects')).items
  const campaignWith = async (count: number): Promise<string> => {
    const title = `${count} links`
    const { id } = await demo.api('POST', '/api/campaigns', { project_id: project.id, title })
    for (let from = 1; from < count; from += LABELS_MAX) {
      const labels = Array.from(
        { length: Math.min(LABELS_MAX, count - from) },
        (_, n) => `Recipient ${from + n}`,
      )
      await demo.api('POST', `/api/campaigns/${id}/links`, { labels })
    }
    return id
  }
  const screens = ['', '/sessions', '/links', '/leads', '/pages']
  try {
    const [few, many] = [await campaignWith(FEW), await campaignWith(MANY)]
    const found = new Map(screens.map(screen => [screen, { few: [] as number[], many: [] as number[] }]))
    for (let round = 1; round <= ROUNDS; round++) {
      for (const screen of screens) {
        const paint = (id: string) =>
          largestPaint(chromium.browser, `${demo.url}/studio/campaigns/${id}${screen}`, demo.cookies, false)
        found.get(screen)!.few.push(await paint(few))
        found.get(screen)!.many.push(await paint(many))
      }
      process.stderr.write(`lists: ${round} of ${ROUNDS}\n`)
    }
    const rows = [...found].map(([screen, times]) => {
      const [a, b] = [median(times.few), median(times.many)]
      return { name: screen.slice(1) || 'performance', a, b, ratio: b / a }
    })
    return {
      name: 'Lists',
      failed: rows
        .filter(row => row.ratio > RATIO_MAX)
        .map(row => `${row.name} takes ${row.ratio.toFixed(1)} times as long with ${MANY} links`),
      what: `Largest Contentful Paint of a first visit to a campaign with ${FEW} links and to one with ${MANY}, medians of ${ROUNDS}, by
turns; at most ${RATIO_MAX} times as long.`,
      lines: rows.map(({ name, a, b, ratio }) => [
        name,
        `${a.toFixed(0)} ms with ${FEW}, ${b.toFixed(0)} ms with ${MANY}: ${ratio.toFixed(2)}`,
      ]),
    }
  } finally {
    await chromium.stop()
    await demo.stop()
  }
}
