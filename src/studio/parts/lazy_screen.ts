import { lazy } from 'react'

/** How long to wait before the code of a screen is asked for again, in milliseconds. */
const REST_MS = 1_000
/** A server that answers and has no such file is of another version: only a new document helps. */
const TRIES = 3

/** A screen whose code is fetched when it is opened. Where the server is lost, its place stays until the code is there. */
export const lazyScreen: typeof lazy = load => lazy(() => untilLoaded(load))

async function untilLoaded<Module>(load: () => Promise<Module>): Promise<Module> {
  for (let refused = 0; ; ) {
    try {
      return await load()
    } catch (error) {
      if (await serverAnswers()) refused++
      if (refused === TRIES) throw error
      await new Promise(resolve => setTimeout(resolve, REST_MS))
    }
  }
}

async function serverAnswers(): Promise<boolean> {
  return fetch('/health/live').then(
    answer => answer.ok,
    () => false,
  )
}
