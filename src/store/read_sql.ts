import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's folder: this file is bundled into dist/main.js, so it climbs to package.json instead of counting. */
export const packageRoot = (() => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
})()

/**
 * A statement kept in a file of its own.
 * @param path from the package's folder, such as `src/reports/sessions_by_day.sql`
 */
export function readSql(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8')
}
