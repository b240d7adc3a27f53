import { language } from '../texts.ts'

/** `English` for `en`; a tag that nobody knows as it is. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
