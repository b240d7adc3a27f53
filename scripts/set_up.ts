import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

/** What the tests need beside Node, and how to see that it is there. */
const NEEDED: { package: string; there: () => boolean }[] = [
  { package: 'chromium', there: () => existsSync('/usr/bin/chromium') },
  { package: 'firefox-esr', there: () => existsSync('/usr/bin/firefox-esr') },
  // real windows and focus: a headless browser gives every window the focus
  { package: 'xvfb', there: () => existsSync('/usr/bin/Xvfb') },
  // a real click, without which Firefox' pages have no focus
  { package: 'xdotool', there: () => existsSync('/usr/bin/xdotool') },
  { package: 'redis-server', there: () => existsSync('/usr/bin/redis-server') },
  {
    package: 'postgresql',
    there: () =>
      existsSync('/usr/lib/postgresql') &&
      readdirSync('/usr/lib/postgresql').some(version =>
        existsSync(`/usr/lib/postgresql/${version}/bin/initdb`),
      ),
  },
]

/**
 * Installs missing Debian packages where it may (root, or sudo that asks nothing), else says what to install.
 * @throws Error with the one sentence that helps
 */
export function setUp(): void {
  const missing = NEEDED.filter(one => !one.there()).map(one => one.package)
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const root = process.getuid?.() === 0
  const sudo = !root && spawnSync('sudo', ['-n', 'true']).status === 0
  if (!existsSync('/usr/bin/apt-get') || !(root || sudo))
    throw new Error(
      `The tests need ${missing.join(', ')}. Install them first, on Debian with: sudo ${command}`,
    )
  const run = (line: string) =>
    execFileSync('sh', ['-c', `${sudo ? 'sudo ' : ''}env DEBIAN_FRONTEND=noninteractive ${line}`], {
      stdio: 'inherit',
    })
  process.stderr.write(`installing ${missing.join(', ')}\n`)
  run('apt-get update -qq')
  run(`${command} -qq`)
  const still = NEEDED.filter(one => !one.there()).map(one => one.package)
  if (still.length > 0) throw new Error(`${still.join(', ')} could not be installed with: ${command}`)
}
