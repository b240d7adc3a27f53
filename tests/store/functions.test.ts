import { serviceFunctions } from './functions.ts'
import { openTestEmbedded } from './open_embedded.ts'

serviceFunctions('embedded', openTestEmbedded)
