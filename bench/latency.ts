import { post } from '../tests/faults/send.ts'
import { batchBody, batchRequests, ticketOf } from './batches.ts'
import { SECRET, startBench } from './bench_rig.ts'
import { grouped, quantile, round } from './figures.ts'
import type { Measure } from './measure.ts'
import { residentMb, watchMemory } from './memory.ts'

const PER_SECOND = 1_000
const SECONDS = 30
const PROBE_EVERY_MS = 100

/** From a received beat to its session in the view that every report reads, while 1 000 batches/s come in. */
export async function latency(): Promise<Measure> {
  const rig = await startBench({ redis: true })
  const [web, worker] = [await rig.web(), await rig.worker()]
  const idle = residentMb(worker.pid)
  const watching = [watchMemory(web.pid), watchMemory(worker.pid)]
  const requests = batchRequests(rig.links, SECRET, 5_000)
  const waits: number[] = []
  const probes: Promise<void>[] = []
  let sent = 0
  const begun = performance.now()
  const elapsed = () => performance.now() - begun
  let lastProbe = 0
  const sending: Promise<number>[] = []
  while (elapsed() < SECONDS * 1000) {
    const due = Math.floor((elapsed() / 1000) * PER_SECOND)
    for (; sent < due; sent++) {
      const link = rig.links[sent % rig.links.length]!
      sending.push(
        post(web.url, { path: `/p/${link.slug}/beat`, body: bodyOf(requests[sent % requests.length]!) }),
      )
    }
    if (elapsed() - lastProbe >= PROBE_EVERY_MS) {
      lastProbe = elapsed()
      probes.push(probe())
    }
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  const answers = await Promise.all(sending)
  await Promise.all(probes)
  const [webMost, workerMost] = watching.map(stop => stop())
  await rig.stop()
  return {
    name: 'latency',
    what: `${grouped(PER_SECOND)} batches/s for ${SECONDS} s, one \`web\`, one \`worker\`; a probe every ${PROBE_EVERY_MS} ms: from the answer 204 until its session is in the view that reports read, looked for every 5 ms.`,
    lines: [
      ['p50', `${round(quantile(waits, 0.5))} ms`],
      ['p99', `${round(quantile(waits, 0.99))} ms (wanted < 1 000)`],
      ['longest', `${round(Math.max(...waits))} ms of ${waits.length} probes`],
      ['taken', `${grouped(answers.filter(status => status === 204).length)} of ${grouped(answers.length)}`],
      ['memory of `web`', `at most ${round(webMost!)} MB`],
      ['memory of `worker`', `${round(idle)} MB idle, at most ${round(workerMost!)} MB`],
    ],
    failed: [],
  }

  async function probe(): Promise<void> {
    const link = rig.links[0]!
    const body = batchBody(ticketOf(link, SECRET))
    if ((await post(web.url, { path: `/p/${link.slug}/beat`, body: JSON.stringify(body) })) !== 204) return
    const received = performance.now()
    for (;;) {
      const { rowCount } = await rig.pool.query(
        'select 1 from internal.judged_sessions where campaign_id = $1 and id = $2',
        [link.campaign_id, body.session],
      )
      if (rowCount) break
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    waits.push(performance.now() - received)
  }
}

const bodyOf = (request: Buffer) => request.toString('utf8', request.indexOf('\r\n\r\n') + 4)
