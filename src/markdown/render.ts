import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { packageRoot } from '../store/read_sql.ts'

/**
 * Texts of 40 000 characters take 15 to 60 ms; one that was made to be slow may take this much of the processor, and no
 * more. By the clock alone a harmless text was refused on a machine that stood still for a moment.
 */
const TO_LIVE_MS = 250
/** By the clock, whatever the processor did meanwhile. */
const LONGEST_MS = 5_000

/** The text was given up. */
export class TooSlow extends Error {}

let thread: Promise<Worker> | undefined
let turn: Promise<unknown> = Promise.resolve()

async function startThread(): Promise<Worker> {
  const worker = new Worker(pathToFileURL(join(packageRoot, 'src/markdown/markdown_thread.js')))
  worker.unref()
  await once(worker, 'message')
  return worker
}

/**
 * Markdown to HTML that cannot run script, in a thread of its own: requests of others go on meanwhile.
 * @throws TooSlow after 250 ms of processor; the thread is thrown away with the text
 */
export function renderMarkdown(text: string): Promise<string> {
  const rendered = turn.then(() => inThread(text))
  turn = rendered.catch(() => {})
  return rendered
}

async function inThread(text: string): Promise<string> {
  thread ??= startThread()
  const worker = await thread
  const forget = () => {
    thread = undefined
    void worker.terminate()
  }
  let timer: NodeJS.Timeout | undefined
  const begun = { at: performance.now(), used: process.cpuUsage() }
  /** What is left to the text: of all that this process uses meanwhile the thread uses at most as much. */
  const leftMs = () => {
    const { user, system } = process.cpuUsage(begun.used)
    return performance.now() - begun.at > LONGEST_MS ? 0 : TO_LIVE_MS - (user + system) / 1_000
  }
  try {
    return await new Promise<string>((resolve, reject) => {
      const look = () => {
        if (leftMs() > 0) timer = setTimeout(look, Math.max(10, leftMs()))
        // An answer that waits behind other work of this process comes before `setImmediate`.
        else setImmediate(() => reject(new TooSlow()))
      }
      timer = setTimeout(look, TO_LIVE_MS)
      worker.once('message', ({ html }: { html: string }) => resolve(html))
      worker.once('error', reject)
      worker.postMessage(text)
    })
  } catch (error) {
    forget()
    throw error
  } finally {
    clearTimeout(timer)
    // without names, Node's own listener behind 'message' would go too
    worker.removeAllListeners('message').removeAllListeners('error')
  }
}
