import { migrations } from './migrations.ts'
import { openTestEmbedded } from './open_embedded.ts'

migrations('embedded', openTestEmbedded)
