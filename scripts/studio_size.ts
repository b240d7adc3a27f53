import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'

/**
 * What a browser fetches before the studio's first screen: the entry, everything it imports statically, and their
 * styles, in brotli 11. Builds the studio into a folder of its own and fails above the budget.
 */
const BUDGET = 190_000
const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-studio-'))
await build({ logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } })

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  css?: string[]
}
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(`${folder}/.vite/manifest.json`, 'utf8'))

function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name]!
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const sheet of chunk.css ?? []) seen.add(sheet)
  for (const other of chunk.imports ?? []) filesOf(other, seen)
  return seen
}

const entry = Object.keys(manifest).find(name => manifest[name]!.isEntry)
if (!entry) throw new Error(`${folder} holds no entry`)
let sum = 0
for (const file of [...filesOf(entry)].sort()) {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  const bytes = brotliCompressSync(readFileSync(`${folder}/${file}`), options).length
  sum += bytes
  console.log(`${String(bytes).padStart(8)}  ${file}`)
}
console.log(`${String(sum).padStart(8)}  first load of the studio, brotli; at most ${BUDGET}`)
rmSync(folder, { recursive: true })
if (sum > BUDGET) process.exit(1)
