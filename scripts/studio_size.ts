import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'

/**
 * What a browser fetches before the studio's first screen: the scripts and styles that index.html names, in brotli 11.
 * Builds the studio into a folder of its own and fails above the budget.
 */
const BUDGET = 115_000
const folder = mkdtempSync(join(tmpdir(), 'pitchbeat-studio-'))
await build({ logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } })

const page = readFileSync(`${folder}/index.html`, 'utf8')
const files = [...page.matchAll(/(?:src|href)="\/studio\/([^"]+\.(?:js|css))"/g)].map(found => found[1]!)
if (files.length < 3) throw new Error(`${folder}/index.html names only ${files.join(', ')}`)
let sum = 0
for (const file of files) {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  const bytes = brotliCompressSync(readFileSync(`${folder}/${file}`), options).length
  sum += bytes
  console.log(`${String(bytes).padStart(8)}  ${file}`)
}
console.log(`${String(sum).padStart(8)}  first load of the studio, brotli; at most ${BUDGET}`)
rmSync(folder, { recursive: true })
if (sum > BUDGET) process.exit(1)
