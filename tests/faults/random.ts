/** Random numbers that can be had again: each run prints its seed, and `FAULT_SEED` repeats it. */
export interface Random {
  /** at least 0, less than 1 */
  next(): number
  /** a whole number from `min` to `max`, both included */
  whole(min: number, max: number): number
  shuffle<T>(items: T[]): T[]
  uuid(): string
}

/** @param name of the test, printed with the seed */
export function seeded(name: string): Random {
  const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`${name}: FAULT_SEED=${seed}\n`)
  return randomOf(seed)
}

/** mulberry32 */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    whole,
    shuffle(items) {
      const shuffled = [...items]
      for (let i = shuffled.length - 1; i > 0; i--) {
        const other = whole(0, i)
        ;[shuffled[i], shuffled[other]] = [shuffled[other]!, shuffled[i]!]
      }
      return shuffled
    },
    uuid() {
      const hex = Array.from({ length: 32 }, () => whole(0, 15).toString(16))
      hex[12] = '7'
      hex[16] = '89ab'[whole(0, 3)]!
      return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    },
  }
}
