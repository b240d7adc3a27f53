import { writeFileSync } from 'node:fs'
import { settingsPage } from '../src/config.ts'

/** `npm run settings` writes docs/settings.md from the schema in src/config.ts; a test checks that it is current. */
writeFileSync('docs/settings.md', settingsPage())
