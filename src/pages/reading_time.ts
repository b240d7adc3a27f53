/** Words a minute of silent reading in English non-fiction (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047). */
const WORDS_A_MINUTE = 238
/** Chinese, Japanese and Korean run on without spaces; about two characters carry what a word does. */
const CHARACTERS_A_WORD = 2
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu

/** Whole minutes to read the texts, at least one. */
export function readingMinutes(texts: readonly string[]): number {
  const text = texts.join(' ')
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0
  const words = text.replace(IDEOGRAPH, ' ').match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0
  return Math.max(1, Math.ceil((words + ideographs / CHARACTERS_A_WORD) / WORDS_A_MINUTE))
}
