import { randomInt } from 'node:crypto'

const RANDOM = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** 36^12 is 62 bits: no stranger finds a link by trying. */
const RANDOM_LENGTH = 12
const PREFIX_MAX = 24

/**
 * An unguessable slug that still says where it belongs, such as `halden-k3v9q2m7xw4t`.
 * @param title of the campaign; what is not a–z or 0–9 falls away
 */
export function newSlug(title: string): string {
  const prefix = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, PREFIX_MAX)
    .replace(/^-|-$/g, '')
  const random = Array.from({ length: RANDOM_LENGTH }, () => RANDOM[randomInt(RANDOM.length)]).join('')
  return prefix ? `${prefix}-${random}` : random
}
