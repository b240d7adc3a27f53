import { randomInt } from 'node:crypto'

/** Without 0, 1, l and o: an address is read aloud and typed from paper too. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
/** 32^12 is 60 bits: no stranger finds a link by trying. */
const LENGTH = 12

/** An unguessable slug such as `k3v9q2m7xw4t`. Nothing of the campaign is in it, since every reader sees it. */
export const newSlug = (): string =>
  Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
