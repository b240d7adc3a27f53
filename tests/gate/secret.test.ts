import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keptSecret } from '../../src/gate/secret.ts'

/** The secret that is made where SECRET is not set. */

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pitchbeat-secret-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.skipIf(process.platform === 'win32')('can be read by nobody but its owner', () => {
  const dataDir = join(folder, 'data')
  keptSecret(dataDir)
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
})

it('is long, made once, and the same at every start', () => {
  const made = keptSecret(folder)
  expect(made.length).toBeGreaterThanOrEqual(43)
  expect(keptSecret(folder)).toBe(made)
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(made)
})
