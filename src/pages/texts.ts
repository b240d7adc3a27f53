import english from '../contract/texts/pages.en.json' with { type: 'json' }
import { createTexts } from '../contract/texts.ts'

/** What the product itself says on the public pages. The owner's words stay in the owner's language beside it. */
export const t = createTexts(english, 'en')
export const TEXT_LANGUAGE = 'en'
export type TextKey = keyof typeof english
