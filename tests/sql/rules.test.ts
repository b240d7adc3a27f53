import { openTestEmbedded } from '../store/open_embedded.ts'
import { rules } from './rules.ts'

rules('embedded', openTestEmbedded)
