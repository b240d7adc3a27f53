import { language } from '../texts.ts'

const number = new Intl.NumberFormat(language)

/** A count as people write it: 5,001. */
export const counted = (n: number): string => number.format(n)
