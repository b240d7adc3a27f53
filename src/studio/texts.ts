import studio from '../contract/texts/studio.en.json'
import { createTexts } from '../contract/texts.ts'

export const language = 'en-GB'
export const t = createTexts(studio, language)
export type TextKey = Parameters<typeof t>[0]
