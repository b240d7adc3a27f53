import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { packageRoot } from '../store/read_sql.ts'

/** Texts of 40 000 characters take 15 to 60 ms; one that was made to be slow may take this long, and no longer. */
const TO_LIVE_MS = 250

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
 * @throws TooSlow after 250 ms; the thread is thrown away with the text
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
  try {
    return await new Promise<string>((resolve, reject) => {
      // An answer that waits behind other work of this process comes before `setImmediate`.
      timer = setTimeout(() => setImmediate(() => reject(new TooSlow())), TO_LIVE_MS)
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
