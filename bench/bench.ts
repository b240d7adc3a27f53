import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { deletion } from './deletion.ts'
import { inTheWay } from './in_the_way.ts'
import { embeddedIngest, ingest } from './ingest.ts'
import { latency } from './latency.ts'
import { lists } from './lists.ts'
import type { Measure } from './measure.ts'
import { paint } from './paint.ts'
import { save } from './save.ts'

/**
 * `npm run bench`: floor, ours and their ratio, medians of five runs with floor and ours by turns, into docs/measures.md.
 * `npm run bench -- ingest save` runs only those; the others' figures stay as they are.
 */
const PATH = 'docs/measures.md'
const BENCHES: Record<string, () => Promise<Measure>> = {
  ingest,
  embedded: embeddedIngest,
  save: () => save(Number(process.env.BENCH_SCALE ?? 1)),
  deletion: () => deletion(Number(process.env.BENCH_SCALE ?? 1)),
  in_the_way: inTheWay,
  latency,
  paint,
  lists,
}

const HEAD = `# Measures

\`npm run bench\` writes this page. Floor and ours run by turns in the same run; figures are medians of five. A floor is
the least that anybody would have to do; the ratio travels between machines better than the figures.
`

function section(measure: Measure): string {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
  const lines = measure.lines.map(([name, value]) => `| ${name} | ${value} |`)
  return `## ${measure.name}

${measure.what}

| | |
|---|---|
${lines.join('\n')}

${new Date().toISOString().slice(0, 10)}, ${machine}.
`
}

/** The page with this measure's section replaced or added. */
function withSection(page: string, measure: Measure): string {
  const sections = page.split(/^(?=## )/m)
  const [head, ...rest] = sections[0]?.startsWith('# ')
    ? sections
    : [HEAD, ...sections.filter(one => one.trim())]
  const made = `${section(measure)}\n`
  const at = rest.findIndex(one => one.startsWith(`## ${measure.name}\n`))
  if (at < 0) rest.push(made)
  else rest[at] = made
  return `${[head?.trimEnd(), ...rest.map(one => one.trimEnd())].join('\n\n')}\n`
}

const asked = process.argv.slice(2)
const names = asked.length > 0 ? asked : Object.keys(BENCHES)
let failed = false
for (const name of names) {
  const bench = BENCHES[name]
  if (!bench) throw new Error(`no bench "${name}"; there are ${Object.keys(BENCHES).join(', ')}`)
  const measure = await bench()
  process.stdout.write(
    `${measure.name}\n${measure.lines.map(([what, value]) => `  ${what}: ${value}\n`).join('')}`,
  )
  for (const what of measure.failed) process.stdout.write(`  FAILED: ${what}\n`)
  failed ||= measure.failed.length > 0
  let page = HEAD
  try {
    page = readFileSync(PATH, 'utf8')
  } catch {}
  writeFileSync(PATH, withSection(page, measure))
}
process.exit(failed ? 1 : 0)
