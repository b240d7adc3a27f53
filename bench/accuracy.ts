import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { build } from 'esbuild'
import { buildTracker } from '../src/tracker/build.ts'
import type { Collector } from '../tests/tracker/collector.ts'
import { Lab } from '../tests/tracker/lab.ts'
import type { Scenario } from '../tests/tracker/scenario.ts'
import { scenarios } from '../tests/tracker/scenarios.ts'

/**
 * `npm run accuracy`: every scenario with our tracker and two others beside it, and docs/accuracy.md from what came out.
 * `-- --runs 1 --only ours,plausible --at-once 2 --match GPC` for less; `--keep runs.json` keeps what was run, so that the
 * hour it takes can be interrupted.
 */
const option = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]!
}
const RUNS = Number(option('runs', '3'))
const AT_ONCE = Number(option('at-once', '2'))
const ONLY = option('only', 'ours,plausible,snowplow').split(',')
const MATCH = option('match', '')
const KEEP = option('keep', '')

interface Tracker {
  name: string
  label: string
  script: string
  credited: (collector: Collector) => number
  events: (collector: Collector) => number
}
interface Run {
  off: number
  width: number
  events: number
  error?: string
}

const bundle = async (contents: string) => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
  })
  return outputFiles[0]!.text
}
const taken = (collector: Collector, end: string) =>
  collector.received.filter(one => one.taken && one.url.endsWith(end)).map(one => one.body)

const trackers: Tracker[] = [
  {
    name: 'ours',
    label: 'Pitchbeat',
    script: (await buildTracker()).script,
    credited: collector => collector.credited,
    events: collector => collector.events.size,
  },
  {
    name: 'plausible',
    label: '@plausible-analytics/tracker 0.4.6',
    script: await bundle(
      `import { init } from '@plausible-analytics/tracker'
       init({ domain: 'demo', endpoint: location.origin + '/api/event', captureOnLocalhost: true, outboundLinks: true, formSubmissions: true, logging: false })
       Object.assign(window, { __plausible: true })`,
    ),
    credited: collector =>
      (taken(collector, '/api/event') as { n: string; e?: number }[]).reduce(
        (sum, one) => sum + (one.n === 'engagement' ? (one.e ?? 0) : 0),
        0,
      ),
    events: collector =>
      (taken(collector, '/api/event') as { n: string }[]).filter(
        one => one.n !== 'pageview' && one.n !== 'engagement',
      ).length,
  },
  {
    name: 'snowplow',
    label: '@snowplow/browser-tracker 4.10.1',
    script: await bundle(
      `import { newTracker, enableActivityTracking, trackPageView } from '@snowplow/browser-tracker'
       newTracker('sp', location.origin, { appId: 'demo', contexts: { webPage: true } })
       enableActivityTracking({ minimumVisitLength: 5, heartbeatDelay: 5 })
       trackPageView()`,
    ),
    credited: collector =>
      (taken(collector, '/tp2') as { data: { e: string }[] }[])
        .flatMap(one => one.data)
        .filter(one => one.e === 'pp').length * 5_000,
    events: () => 0,
  },
]

async function once(scenario: Scenario, tracker: Tracker): Promise<Run> {
  const lab = await Lab.open(tracker.script, scenario.options)
  let error: string | undefined
  try {
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('not within 150 s')), 150_000).unref(),
    )
    await Promise.race([scenario.run(lab), late])
    if (lab.collector.invalid[0] || lab.errors[0]) error = lab.collector.invalid[0] ?? lab.errors[0]!
    if (tracker.name === 'ours' && lab.collector.sessions.size !== (scenario.sessions ?? 1))
      error = `${lab.collector.sessions.size} sessions`
  } catch (reason) {
    error = String(reason).split('\n')[0]!
  }
  await lab.close()
  const credited = tracker.credited(lab.collector)
  return {
    off: lab.truth.off(credited),
    width: lab.truth.most - lab.truth.least,
    events: tracker.events(lab.collector),
    ...(error === undefined ? {} : { error }),
  }
}

const wanted = scenarios.filter(one => one.name.includes(MATCH))
const chosen = trackers.filter(one => ONLY.includes(one.name))
const key = (scenario: Scenario, tracker: Tracker) => `${scenario.name}|${tracker.name}`
const kept = KEEP && existsSync(KEEP) ? JSON.parse(readFileSync(KEEP, 'utf8')) : []
const results = new Map<string, Run[]>(kept)
const jobs = wanted.flatMap(scenario =>
  chosen.flatMap(tracker =>
    Array.from({ length: RUNS - (results.get(key(scenario, tracker))?.length ?? 0) }, () => ({
      scenario,
      tracker,
    })),
  ),
)
const queue = [...jobs]
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { scenario, tracker } = job
      const run = await once(scenario, tracker)
      const runs = results.get(key(scenario, tracker)) ?? []
      runs.push(run)
      results.set(key(scenario, tracker), runs)
      if (KEEP) writeFileSync(KEEP, JSON.stringify([...results]))
      process.stderr.write(
        `${jobs.length - queue.length}/${jobs.length} ${tracker.name} ${scenario.name}: ${(run.off / 1000).toFixed(2)} s, ${run.events} events ${run.error ?? ''}\n`,
      )
    }
  }),
)

const seconds = (ms: number) => `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(2)}`
const worst = (runs: Run[]) => runs.reduce((a, b) => (Math.abs(b.off) > Math.abs(a.off) ? b : a)).off
function cell(scenario: Scenario, tracker: Tracker): string {
  const runs = results.get(key(scenario, tracker))
  if (!runs) return ''
  const { bar = 300, mayLose = 0 } = scenario
  if (tracker.name !== 'ours') {
    // what the scenario waits for never came, so that nobody knows what the truth would have been
    const played = runs.filter(run => !run.error)
    return played.length > 0 ? seconds(worst(played)) : '—'
  }
  const kept = runs.every(
    run => run.off <= bar && run.off >= -bar - mayLose && run.events === (scenario.events ?? 0) && !run.error,
  )
  return `${seconds(worst(runs))}${kept ? '' : ' ✗'}`
}
function events(scenario: Scenario): string {
  const runs = results.get(key(scenario, trackers[0]!)) ?? []
  return `${[...new Set(runs.map(run => run.events))].join(', ')} of ${scenario.events ?? 0}`
}
const table = wanted.map(scenario => {
  const bar = `${(scenario.bar ?? 300) / 1000}${scenario.mayLose ? ` (+${scenario.mayLose / 1000} lost)` : ''}`
  return `| ${scenario.name} | ${bar} | ${chosen.map(one => cell(scenario, one)).join(' | ')} | ${events(scenario)} |`
})
const measured = `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, ${await versions()}; ${RUNS} ${RUNS === 1 ? 'run' : 'runs'} of each, ${AT_ONCE} at once.

| scenario | bar, s | ${chosen.map(one => one.label).join(' | ')} | our events |
|---|---|${chosen.map(() => '---|').join('')}---|
${table.join('\n')}
`

async function versions(): Promise<string> {
  const { execFileSync } = await import('node:child_process')
  return execFileSync('chromium', ['--version', '--no-sandbox'], { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim()
}

if (MATCH === '') {
  const path = new URL('../docs/accuracy.md', import.meta.url)
  const text = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    text.replace(
      /<!-- measured -->[\s\S]*<!-- \/measured -->/,
      `<!-- measured -->\n${measured}<!-- /measured -->`,
    ),
  )
} else process.stdout.write(measured)
process.exit([...results.values()].flat().some(run => run.error && ONLY.length === 1) ? 1 : 0)
