import { openTestEmbedded } from '../store/open_embedded.ts'
import { strangers } from './strangers.ts'

strangers('embedded', openTestEmbedded)
