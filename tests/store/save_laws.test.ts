import { openTestEmbedded } from './open_embedded.ts'
import { saveLaws } from './save_laws.ts'

saveLaws('embedded', openTestEmbedded, 40)
