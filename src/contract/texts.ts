/**
 * Texts of the pages and the studio: one flat JSON catalogue per language and room, in i18next's v4 format
 * (https://www.i18next.com/misc/json-format), so that translation tools read it and i18next itself could take over.
 *
 *   { "minutes_one": "{{count}} minute", "minutes_other": "{{count}} minutes", "for": "For {{name}}" }
 *
 * A key that ends in `_zero`, `_one`, `_two`, `_few`, `_many` or `_other` is a plural form: name nothing else so.
 * `{{x}}` is replaced as it is, `{{x, number}}` is written in the manner of the language. Nothing is escaped here:
 * JSX and React do that.
 */
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type PluralKey<Key> = Key extends `${infer Base}_${PluralForm}` ? Base : never
type PlainKey<Key> = Key extends `${string}_${PluralForm}` ? never : Key

export type Values = Record<string, string | number>

export interface Translate<Catalogue> {
  (key: PlainKey<keyof Catalogue & string>, values?: Values): string
  (key: PluralKey<keyof Catalogue & string>, values: Values & { count: number }): string
}

/**
 * The typed `t()` of one catalogue. A key that the catalogue does not have is an error of the compiler.
 * @param language BCP 47; decides plural forms and numbers. One that `Intl` does not know counts as English.
 */
export function createTexts<Catalogue extends Record<string, string>>(
  catalogue: Catalogue,
  language: string,
): Translate<Catalogue> {
  const known = knownLanguage(language)
  const plural = new Intl.PluralRules(known)
  const number = new Intl.NumberFormat(known)
  const texts: Record<string, string | undefined> = catalogue

  return (key: string, values: Values = {}) => {
    const form = typeof values.count === 'number' ? `${key}_${plural.select(values.count)}` : key
    const text = texts[form] ?? texts[`${key}_other`] ?? texts[key] ?? key
    return text.replace(/\{\{\s*(\w+)(\s*,\s*number)?\s*\}\}/g, (whole, name: string, asNumber?: string) => {
      const value = Object.hasOwn(values, name) ? values[name]! : whole
      return asNumber && typeof value === 'number' ? number.format(value) : String(value)
    })
  }
}

function knownLanguage(language: string): string {
  try {
    return Intl.PluralRules.supportedLocalesOf(language)[0] ?? 'en'
  } catch {
    return 'en' // not a language tag at all: the owner's field is free text
  }
}
