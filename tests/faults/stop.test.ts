import { get } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import type { Pitchbeat } from '../servers/pitchbeat.ts'
import { until } from '../servers/until.ts'
import { ENOUGH, type Rig, startRig } from './rig.ts'
import { sendAll } from './send.ts'

const STOPPED_WITHIN_MS = 10_000

let rig: Rig
afterEach(() => rig?.stop())

/** The status of /health/ready; 0 where nobody answers. */
function readiness(web: Pitchbeat): Promise<number> {
  return new Promise(resolve => {
    get(`${web.url}/health/ready`, { agent: false, timeout: 2_000 }, answer => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .on('error', () => resolve(0))
      .on('timeout', function (this: { destroy(): void }) {
        this.destroy()
      })
  })
}

test('SIGTERM under load: readiness fails first, nothing acknowledged is lost, exit 0 within 10 s', async () => {
  rig = await startRig('SIGTERM', {})
  const web = await rig.web()
  const worker = await rig.worker()
  const load = rig.load(350)
  const giveUp = new AbortController()
  let stopped: Promise<{ code: number | null; ms: number }> | undefined
  const seen: number[] = []
  const end = async (process: Pitchbeat) => {
    const begun = performance.now()
    const code = await process.terminate()
    return { code, ms: performance.now() - begun }
  }
  const sending = sendAll(load, rig.ledger, {
    url: () => web.url,
    giveUp: giveUp.signal,
    onAck: acked => {
      if (acked < load.length / 2 || stopped) return
      stopped = end(web)
      void (async () => {
        while (web.running()) seen.push(await readiness(web))
      })()
    },
  })
  const web_ended = await until('the web process to end', () => stopped, { timeoutMs: 60_000 })
  giveUp.abort()
  await sending
  const worker_ended = await end(worker)
  expect([web_ended.code, worker_ended.code]).toEqual([0, 0])
  expect(Math.max(web_ended.ms, worker_ended.ms)).toBeLessThan(STOPPED_WITHIN_MS)
  // Said to be not ready before connections were refused.
  expect(seen.find(status => status !== 200)).toBe(503)
  await rig.worker()
  await rig.settle()
})

test('a rolling restart of two web processes under load fails no request', async () => {
  rig = await startRig('rolling restart', {})
  const webs = [await rig.web(), await rig.web()]
  await rig.worker()
  // A load balancer: asks every 100 ms who is ready, and sends by turns to those.
  let ready: Pitchbeat[] = webs
  let balancing = true
  const balancer = (async () => {
    while (balancing) {
      const states = await Promise.all(webs.map(readiness))
      const found = webs.filter((_, i) => states[i] === 200)
      if (found.length > 0) ready = found
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  })()
  let turn = 0
  const load = [...rig.load(350), ...rig.load(350)]
  let restarts = 0
  let restarting: Promise<void> | undefined
  const sending = await sendAll(load, rig.ledger, {
    url: () => ready[turn++ % ready.length]!.url,
    concurrency: 8,
    onAck: acked => {
      if (restarting || acked < load.length / 10) return
      restarting = (async () => {
        for (const web of webs) {
          expect(await web.terminate()).toBe(0)
          await web.start()
          restarts++
        }
      })()
    },
  })
  await restarting
  balancing = false
  await balancer
  expect(restarts).toBe(2)
  expect([...sending.statuses.keys()]).toEqual([204])
  await rig.settle()
  expect(rig.ledger.acked.items).toBeGreaterThan(ENOUGH)
})
