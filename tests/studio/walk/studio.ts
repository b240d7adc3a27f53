import { uuidv7 } from '../../../src/contract/uuid.ts'
import { logInTo, type Owner } from '../../servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from '../../servers/pitchbeat.ts'
import { until } from '../../servers/until.ts'

/** A studio in which every screen has something to show: 90 days of the demo, a draft, many new links, a reader right now. */
export interface FullStudio {
  pitchbeat: Pitchbeat
  owner: Owner
  stop(): Promise<void>
}

const READER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
/** So many recipients that a menu gives way to a list with a search. */
const MANY = Array.from({ length: 12 }, (_, n) => `Recipient ${String.fromCharCode(65 + n)}`)
/** Well within the 75 s after which nobody is called a reader any more. */
const BEAT_MS = 15_000

export async function startFullStudio(): Promise<FullStudio> {
  const pitchbeat = await startPitchbeat({ bundled: true, command: 'demo', ready: /^password: / })
  const said = (name: string) =>
    pitchbeat.stdout.find(line => line.startsWith(`${name}: `))!.slice(name.length + 2)
  const owner = await logInTo(pitchbeat, { email: said('e-mail'), password: said('password') })
  const { id: project_id } = await owner.api<{ id: string }>('POST', '/api/projects', {
    name: 'Side projects',
    time_zone: 'Europe/Tallinn',
  })
  await owner.api('POST', '/api/campaigns', { project_id, title: 'Lumen, not public yet' })
  const orbit = await owner.campaign({ title: 'Orbit, not opened yet' })
  await owner.links(orbit.id, MANY)
  await owner.api('POST', '/api/tokens', { name: 'spreadsheet', scope: 'read' })
  const reading = await readerOf(`${pitchbeat.url}/p/demo`)
  const timer = setInterval(() => void reading().catch(() => {}), BEAT_MS)
  await until('the reader is shown as reading', async () => {
    await reading()
    return (await owner.api<{ items: unknown[] }>('GET', '/api/live')).items.length > 0
  })
  return {
    pitchbeat,
    owner,
    async stop() {
      clearInterval(timer)
      await pitchbeat.stop()
    },
  }
}

/** A reader at a link who stays on its summary, as the tracker tells of one. */
async function readerOf(url: string) {
  const { ticket } = await (await fetch(`${url}/ticket`)).json()
  const [session, view] = [uuidv7(), uuidv7()]
  const views = [{ id: view, page: 'summary', active_ms: 900, scroll: 40, parts: {} }]
  return () =>
    fetch(`${url}/beat`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', 'User-Agent': READER },
      body: JSON.stringify({
        v: 1,
        ticket,
        session,
        state: 'reading',
        input: true,
        automated: false,
        views,
        events: [],
      }),
    })
}
