import { openTestEmbedded } from './open_embedded.ts'
import { savingABatch } from './save_batch.ts'

savingABatch('embedded', openTestEmbedded)
