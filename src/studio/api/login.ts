import { useSyncExternalStore } from 'react'

/**
 * Whose studio this document is, from the first answer until the document is left, and whether the server has refused
 * that login since. Requests that were refused wait here until somebody has logged in again.
 */
let account: string | null = null
let refused: { again: Promise<void>; goOn: () => void } | null = null
const listeners = new Set<() => void>()

const tell = () => {
  for (const listener of listeners) listener()
}

/** Null before anybody has logged in. */
export function accountHere(): string | null {
  return account
}

/**
 * This account is logged in. Another one than before begins with a document of its own, so that nothing of the one
 * before is on its screen or in its memory; the promise then never resolves.
 */
export function loggedIn(id: string): Promise<void> {
  if (account !== null && account !== id) return startAfresh()
  account = id
  return Promise.resolve()
}

/** Leaves everything of this account for an empty studio. */
export function startAfresh(): Promise<never> {
  location.replace('/studio/')
  return new Promise(() => {})
}

/** Asks for the login over the screen; resolves when the same account is logged in again. */
export function loggedInAgain(): Promise<void> {
  if (!refused) {
    let goOn = () => {}
    const again = new Promise<void>(resolve => {
      goOn = resolve
    })
    refused = { again, goOn }
    tell()
  }
  return refused.again
}

/** Sends what was refused once more. */
export function goOn(): void {
  const before = refused
  refused = null
  before?.goOn()
  tell()
}

export function useLoginRefused(): boolean {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => refused !== null,
  )
}
