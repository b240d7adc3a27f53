import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build as bundle } from 'esbuild'
import { build as buildStudio } from 'vite'
import { buildTracker } from '../src/tracker/build.ts'

/**
 * Builds dist/: the server in one file, the tracker, the studio. `npm start` calls it; where nothing changed since the
 * last build it does nothing. `--force` builds anyway.
 */
const stamp = 'dist/built'
const sources = ['src', 'scripts/build.ts', 'package-lock.json', 'vite.config.ts']

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))))
}

function isFresh(): boolean {
  try {
    return statSync(stamp).mtimeMs > Math.max(...sources.map(newest))
  } catch {
    return false
  }
}

/** Text assets get a .br beside them, so that serving costs no compression. */
function compress(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const small = brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    writeFileSync(`${file}.br`, small)
  }
}

async function build(): Promise<void> {
  const began = Date.now()
  rmSync('dist', { recursive: true, force: true })
  mkdirSync('dist/tracker', { recursive: true })
  const tracker = await buildTracker()
  writeFileSync('dist/tracker/pb.js', tracker.script)
  writeFileSync('dist/tracker/hash', tracker.hash)
  await bundle({
    entryPoints: ['src/main.ts'],
    outfile: 'dist/main.js',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    jsx: 'automatic',
    logLevel: 'warning',
  })
  await buildStudio({ logLevel: 'warn' })
  compress('dist/studio')
  writeFileSync(stamp, '')
  process.stderr.write(`built dist/ in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
}

if (process.argv.includes('--force') || !isFresh()) await build()
