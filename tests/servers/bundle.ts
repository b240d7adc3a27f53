import { join } from 'node:path'
import { build } from 'esbuild'
import { packageRoot } from '../../src/store/read_sql.ts'

let bundled: Promise<string> | undefined

/**
 * The sources as one file, as scripts/build.ts makes it, made anew by each test file that starts a server: a start then
 * takes 165 ms of CPU instead of 450, and no stale dist/ is tested by mistake.
 * @returns its path
 */
export function bundle(): Promise<string> {
  bundled ??= make()
  return bundled
}

async function make(): Promise<string> {
  const outfile = join(packageRoot, 'node_modules/.cache/pitchbeat', `main-${process.pid}.js`)
  await build({
    entryPoints: [join(packageRoot, 'src/main.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    jsx: 'automatic',
    logLevel: 'error',
  })
  return outfile
}
