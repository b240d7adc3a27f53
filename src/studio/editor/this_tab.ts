/**
 * The name of this document among all tabs of the browser. It is held as a lock for as long as the document lives, so
 * that other tabs know whose words are still being written. Without locks (plain http on another machine's address) no
 * tab knows of another: the same words may then come back in two of them, which ends in a question, not in a loss.
 */
export const THIS_TAB = [...crypto.getRandomValues(new Uint8Array(8))].join('-')

const locks: LockManager | undefined = navigator.locks
const lockOf = (tab: string) => `pitchbeat tab ${tab}`

void locks?.request(lockOf(THIS_TAB), () => new Promise(() => {}))

/** Whether the tab was closed, left, reloaded, or ended with its browser. */
export async function tabsAlive(): Promise<(tab: string) => boolean> {
  const held = (await locks?.query())?.held ?? []
  const names = new Set(held.map(one => one.name))
  return tab => tab === THIS_TAB || names.has(lockOf(tab))
}

/** Does something that no other tab does at the same time. */
export function alone<Result>(what: () => Promise<Result>): Promise<Result> {
  return locks ? (locks.request('pitchbeat kept words', what) as Promise<Result>) : what()
}
