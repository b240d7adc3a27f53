import { useEffect, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

/** For how long what was deleted can be had back, in milliseconds. */
const UNDO_MS = 10_000

/** Something that was deleted a moment ago. */
export interface Deleted {
  /** names it: its kind and its id, as `lead 0193…`; the button that deletes it carries the same in `data-delete` */
  key: string
  /** says what is gone */
  words: string
  /** brings it back; what is only hidden until it is deleted on the server comes back without it */
  undo?: () => Promise<unknown>
  /**
   * Deletes it on the server once it can no longer be had back, and asks again for the lists that had it.
   * @param leaving the document ends: the request must outlive it
   */
  end?: (leaving: boolean) => Promise<unknown>
}

export interface Stand {
  /** can be had back; the newest last */
  deleted: readonly Deleted[]
  /** is being deleted on the server, and still in the lists that were read before */
  ending: readonly Deleted[]
  /** why something could not be deleted or brought back */
  refusal: string | null
}

let stand: Stand = { deleted: [], ending: [], refusal: null }
const timers = new Map<Deleted, ReturnType<typeof setTimeout>>()
const listeners = new Set<() => void>()

function become(part: Partial<Stand>): void {
  stand = { ...stand, ...part }
  for (const listener of listeners) listener()
}
const without = (list: readonly Deleted[], one: Deleted) => list.filter(other => other !== one)
const refused = (error: unknown) => become({ refusal: (error as Error).message })

/**
 * Deletes something: it is gone from the screen, can be had back for ten seconds, and only then ends on the server.
 * The focus goes to the next of its kind.
 * @param change takes it off the screen where that is more than to hide it
 */
export function deleteLater(one: Deleted, change: () => void = () => {}): void {
  const next = neighbours(one.key)
  flushSync(() => {
    become({ deleted: [...stand.deleted, one], refusal: null })
    change()
  })
  timers.set(
    one,
    setTimeout(() => void end(one), UNDO_MS),
  )
  focus(next)
}

/** It can no longer be had back, or was: its ten seconds are over. */
function stopWaiting(one: Deleted): void {
  clearTimeout(timers.get(one))
  timers.delete(one)
}

async function end(one: Deleted, leaving = false): Promise<void> {
  stopWaiting(one)
  become({ deleted: without(stand.deleted, one), ending: [...stand.ending, one] })
  await one.end?.(leaving).catch(refused)
  become({ ending: without(stand.ending, one) })
}

/** Deletes on the server what can still be had back: this account is about to be left. */
export async function endDeletions(leaving = false): Promise<void> {
  await Promise.all(stand.deleted.map(one => end(one, leaving)))
}

/** Brings it back, with the focus on it. */
export function undo(one: Deleted): void {
  stopWaiting(one)
  flushSync(() => {
    become({ deleted: without(stand.deleted, one) })
    void one.undo?.().catch(refused)
  })
  focus([button(one.key)])
}

export const understood = () => become({ refusal: null })

const watch = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useDeleted(): Stand {
  return useSyncExternalStore(watch, () => stand)
}

/** Tells of each key whether it is deleted, though the list that was read still has it. */
export function useHidden(): (key: string) => boolean {
  const { deleted, ending } = useDeleted()
  return key => [...deleted, ...ending].some(one => one.key === key)
}

/** Ctrl+Z brings back what was deleted last; in a field of text it stays the browser's own. */
export function useUndoKey(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
      const latest = stand.deleted.at(-1)
      if (!latest || (event.target as Element).closest('input, textarea')) return
      event.preventDefault()
      undo(latest)
    }
    const left = () => void endDeletions(true)
    addEventListener('keydown', pressed)
    addEventListener('pagehide', left)
    return () => {
      removeEventListener('keydown', pressed)
      removeEventListener('pagehide', left)
    }
  }, [])
}

const button = (key: string) => document.querySelector<HTMLElement>(`[data-delete="${CSS.escape(key)}"]`)

/**
 * Where the focus may go: the button that deletes the next of its kind, the one before, then another
 * button of its panel. Not a field of text: there Ctrl+Z is the browser's own.
 */
function neighbours(key: string): (HTMLElement | null | undefined)[] {
  const [kind] = key.split(' ')
  const all = [...document.querySelectorAll<HTMLElement>(`[data-delete^="${kind} "]`)]
  const place = all.findIndex(one => one.dataset.delete === key)
  const panel = all[place]?.closest('main section')?.parentElement
  return [
    all[place + 1],
    all[place - 1],
    ...(panel?.querySelectorAll<HTMLElement>('button:not(:disabled), select') ?? []),
  ]
}

function focus(targets: (HTMLElement | null | undefined)[]): void {
  const target = targets.find(one => one?.isConnected)
  if (target) target.focus()
  else document.getElementById('main')?.focus({ preventScroll: true })
}
