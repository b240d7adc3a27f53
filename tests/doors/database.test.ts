import { openTestEmbedded } from '../store/open_embedded.ts'
import { databaseDoor } from './database.ts'

databaseDoor('embedded', openTestEmbedded)
