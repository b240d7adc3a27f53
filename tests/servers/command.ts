import { packageRoot } from '../../src/store/read_sql.ts'
import { bundle } from './bundle.ts'
import { startChild } from './child.ts'

/** Runs a command of Pitchbeat's command line, as a process, to its end. */
export async function runCommand(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = startChild(['node', '--enable-source-maps', await bundle(), ...args], {
    cwd: packageRoot,
    // Not the whole environment: settings of whoever runs the tests must not reach it.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  })
  const { code } = await child.gone
  return { code, stdout: child.stdout.join('\n'), stderr: child.stderr.join('\n') }
}
