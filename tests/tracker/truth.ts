/** Now, comparable with `performance.timeOrigin + …` of a page on this machine. */
export const epoch = () => performance.timeOrigin + performance.now()

/**
 * The independent clock: the time that a page was shown, focused and read, as the test made it so. When a tab was shown
 * or closed is known only to lie between a command and its answer, so the truth is a range: some milliseconds wide on
 * a quiet machine, wider on a busy one, never wrong.
 */
export class Truth {
  #since: { early: number; late: number } | undefined
  least = 0
  most = 0

  /** The reading began between these two moments. */
  begin(early: number, late = early): void {
    this.#since ??= { early, late }
  }

  /** The reading ended between these two moments. */
  end(early: number, late = early): void {
    if (!this.#since) return
    this.least += Math.max(0, early - this.#since.late)
    this.most += late - this.#since.early
    this.#since = undefined
  }

  async begins<T>(action: () => Promise<T>): Promise<T> {
    const early = epoch()
    const result = await action()
    this.begin(early, epoch())
    return result
  }

  async ends<T>(action: () => Promise<T>): Promise<T> {
    const early = epoch()
    const result = await action()
    this.end(early, epoch())
    return result
  }

  /** Leaves out what was no reading: the reader sat there idle. */
  subtract(least: number, most: number): void {
    this.least -= most
    this.most -= least
  }

  forget(): void {
    this.#since = undefined
    this.least = this.most = 0
  }

  get range(): string {
    return `${Math.round(this.least)}–${Math.round(this.most)} ms`
  }

  /** Milliseconds by which a figure lies outside the range: negative when too small. */
  off(credited: number): number {
    return credited < this.least ? credited - this.least : Math.max(0, credited - this.most)
  }
}
