import { openTestEmbedded } from '../store/open_embedded.ts'
import { catalogue } from './catalogue.ts'

catalogue('embedded', openTestEmbedded)
