import type { Page } from 'puppeteer-core'
import { buildTracker } from '../src/tracker/build.ts'
import { Lab } from '../tests/tracker/lab.ts'
import { median, quantile } from './figures.ts'
import type { Measure } from './measure.ts'

const ROUNDS = 15
/** The most that evaluating the script may take, median. */
const EVALUATION_MS = 1.5

interface TraceEvent {
  name: string
  dur?: number
  tdur?: number
  args: { data?: { url?: string } }
}

/** Milliseconds that a load of the page spends on evaluating the tracker's script, compiling included: wall and processor. */
async function evaluation(lab: Lab, page: Page): Promise<{ wall: number; processor: number }> {
  await page.tracing.start({ categories: ['devtools.timeline', 'v8'] })
  await page.goto(`${lab.collector.origin}/p/demo`, { waitUntil: 'load' })
  const trace = JSON.parse(Buffer.from((await page.tracing.stop())!).toString()) as {
    traceEvents: TraceEvent[]
  }
  const ours = trace.traceEvents.filter(
    one => one.name === 'EvaluateScript' && one.args.data?.url?.endsWith('/pb.js'),
  )
  const sum = (of: (event: TraceEvent) => number | undefined) =>
    ours.reduce((ms, event) => ms + (of(event) ?? 0) / 1_000, 0)
  return { wall: sum(event => event.dur), processor: sum(event => event.tdur) }
}

/** Keeps what Chromium says of paints and interactions. */
function watchVitals(): void {
  const vitals = { lcp: 0, inp: 0 }
  Object.assign(window, { vitals })
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) vitals.lcp = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver(list => {
    for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[])
      if (entry.interactionId > 0) vitals.inp = Math.max(vitals.inp, entry.duration)
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
}

/** Largest Contentful Paint and, over five clicks and a few keys, Interaction to Next Paint, of one load on a slow phone's processor. */
async function vitals(lab: Lab, page: Page): Promise<{ lcp: number; inp: number }> {
  // only while it is measured: the emulation itself takes the processor from the others
  await page.emulateCPUThrottling(4)
  await page.goto(`${lab.collector.origin}/p/demo`, { waitUntil: 'load' })
  await page.waitForFunction(() => (window as unknown as { vitals: { lcp: number } }).vitals.lcp > 0, {
    polling: 50,
  })
  for (const id of ['#plain', '#cta', '#plain', '#cta', '#plain']) await page.click(id)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  // entries are written after the frame that shows what the interaction did
  await page.waitForFunction(() => (window as unknown as { vitals: { inp: number } }).vitals.inp > 0, {
    polling: 50,
  })
  const found = await page.evaluate(
    () => (window as unknown as { vitals: { lcp: number; inp: number } }).vitals,
  )
  await page.emulateCPUThrottling(null)
  return found
}

/** The same page three times by turns: without a tracker, without one again, with ours. */
export async function inTheWay(): Promise<Measure> {
  const { script } = await buildTracker()
  const ours = await Lab.open(script)
  const labs = [ours]
  try {
    const evaluations: { wall: number; processor: number }[] = []
    const [first] = await ours.browser.pages()
    for (let i = 0; i < ROUNDS; i++) evaluations.push(await evaluation(ours, first!))
    labs.unshift(await Lab.open(''), await Lab.open(''))
    const pages = await Promise.all(labs.map(async lab => (await lab.browser.pages())[0]!))
    for (const page of pages) await page.evaluateOnNewDocument(watchVitals)
    const found: { lcp: number; inp: number }[][] = [[], [], []]
    for (let i = 0; i < ROUNDS; i++) {
      for (const [at, lab] of labs.entries()) found[at]!.push(await vitals(lab, pages[at]!))
      process.stderr.write(`in the way: ${i + 1} of ${ROUNDS}\n`)
    }
    const of = (at: number, name: 'lcp' | 'inp') => median(found[at]!.map(one => one[name]))
    const line = (label: string, name: 'lcp' | 'inp'): [string, string][] => [
      [`${label}, without`, `${of(0, name).toFixed(0)} ms`],
      [`${label}, without again`, `${of(1, name).toFixed(0)} ms`],
      [`${label}, with`, `${of(2, name).toFixed(0)} ms`],
      [`${label}, spread of one page against itself (quartiles)`, quartiles(found[0]!.map(one => one[name]))],
    ]
    const spread = (name: 'lcp' | 'inp') => {
      const alone = found[0]!.map(one => one[name])
      return quantile(alone, 0.75) - quantile(alone, 0.25)
    }
    const [wall, processor] = (['wall', 'processor'] as const).map(of =>
      median(evaluations.map(one => one[of])),
    )
    const failed = (['lcp', 'inp'] as const)
      .filter(name => of(2, name) - of(0, name) > spread(name))
      .map(
        name => `${name.toUpperCase()} with the tracker is worse by more than the page differs from itself`,
      )
    if (processor! > EVALUATION_MS)
      failed.push(`evaluation takes ${processor!.toFixed(2)} ms of ${EVALUATION_MS}`)
    return {
      name: 'In the way',
      failed,
      what: `The harness' page in Chromium, ${ROUNDS} loads of each by turns. Evaluation of the script as a trace says, the
processor not slowed; Largest Contentful Paint and Interaction to Next Paint on a processor slowed to a quarter, without a
tracker, without one again, and with ours.`,
      lines: [
        ['script evaluation, wall', `${wall!.toFixed(2)} ms`],
        ['script evaluation, processor', `${processor!.toFixed(2)} ms`],
        ...line('LCP', 'lcp'),
        ...line('INP', 'inp'),
      ],
    }
  } finally {
    for (const lab of labs) await lab.close()
  }
}

const quartiles = (values: number[]) =>
  `${quantile(values, 0.25).toFixed(0)}–${quantile(values, 0.75).toFixed(0)} ms`
