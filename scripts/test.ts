import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUp } from './set_up.ts'

/**
 * The README's second command: sets up, builds, runs every suite one after another, prints the seconds of each and ends
 * with the line `N passed, N failed, N skipped`. `npm test -- fast servers` runs only those.
 */
const SUITES = ['fast', 'servers', 'browser', 'tracker', 'faults'] as const
type Suite = (typeof SUITES)[number]

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
  success: boolean
  testResults: Array<{
    name: string
    status: string
    message: string
    assertionResults: Array<{ fullName: string; status: string; failureMessages: string[] }>
  }>
}

/** As much of a failure's message is repeated at the end. */
const MESSAGE_MAX = 1_500

const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-tests-'))

/** Whole groups end together: a suite that hangs leaves no server behind. */
function run(command: string, args: string[]): Promise<number> {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
    child.on('exit', code => resolve(code ?? 1))
  })
}

async function runSuite(
  suite: Suite,
): Promise<{ suite: Suite; seconds: number; report: Report; code: number }> {
  const outputFile = join(folder, `${suite}.json`)
  const began = Date.now()
  process.stdout.write(`\n— ${suite} —\n`)
  const code = await run('npx', [
    'vitest',
    'run',
    '--project',
    suite,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
  ])
  const report = JSON.parse(readFileSync(outputFile, 'utf8')) as Report
  return { suite, seconds: (Date.now() - began) / 1000, report, code }
}

/** What failed, told again at the end: the end of a long output is what is kept of it. */
function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter(one => one.status === 'failed')
    // a file that did not load has no test that failed
    if (status === 'failed' && failed.length === 0)
      return [`FAILED ${name}\n${message.slice(0, MESSAGE_MAX)}`]
    return failed.map(
      one => `FAILED ${name}: ${one.fullName}\n${one.failureMessages.join('\n').slice(0, MESSAGE_MAX)}`,
    )
  })
}

const asked = process.argv.slice(2)
const suites = asked.length > 0 ? SUITES.filter(suite => asked.includes(suite)) : SUITES
const total = { passed: 0, failed: 0, skipped: 0 }
const lines: string[] = []
const failures: string[] = []
if (suites.some(suite => suite !== 'fast')) {
  setUp()
  if ((await run('npx', ['tsx', 'scripts/build.ts'])) !== 0) process.exit(1)
}
for (const suite of suites) {
  const { seconds, report, code } = await runSuite(suite)
  const skipped = report.numPendingTests + report.numTodoTests
  // A file that fails to load has no failed test of its own; it counts as one.
  const failed = report.numFailedTests || (code === 0 ? 0 : Math.max(1, report.numFailedTestSuites))
  total.passed += report.numPassedTests
  total.failed += failed
  total.skipped += skipped
  failures.push(...failuresOf(report))
  lines.push(
    `${suite.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`,
  )
}
rmSync(folder, { recursive: true, force: true })
for (const failure of failures) process.stdout.write(`\n${failure}\n`)
process.stdout.write(
  `\n${lines.join('\n')}\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
