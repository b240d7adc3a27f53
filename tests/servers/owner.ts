import type { Page as Tab } from 'puppeteer-core'
import type { Figures, Link, Pages } from '../../src/contract/shapes.ts'
import type { Pitchbeat } from './pitchbeat.ts'

export const PASSWORD = 'a-long-enough-password'
export const EMAIL = 'mara@ilves.example'

/** The first owner of a started Pitchbeat, and what tests ask the studio API for. */
export interface Owner {
  /** Calls the API as the owner; throws on anything but 2xx. */
  api<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>
  /** A published campaign; its first link is unlabelled. */
  campaign(options?: { title?: string; caseStudyUrl?: string; pages?: Pages }): Promise<{ id: string }>
  links(campaign: string, labels: string[]): Promise<Link[]>
  figures(campaign: string): Promise<Figures>
  report<Item>(campaign: string, name: string): Promise<Item[]>
  ready(): Promise<{ worker_lag_s: number | null }>
  /**
   * Logs this owner in, in a browser.
   * @param stay where the tab shows the login already
   */
  logIn(tab: Tab, options?: { stay?: boolean }): Promise<void>
  cookie: string
}

export function samplePages(caseStudyUrl = 'https://example.com/prototype'): Pages {
  return {
    look: { accent: '#17654c', type: 'serif' },
    summary: {
      name: 'Mara Ilves',
      for_whom: 'Acme, checkout team',
      sentence: 'I make checkouts people finish.',
      results: [{ figure: '−31 %', text: 'abandoned carts' }],
      body: 'You are **rebuilding** checkout.',
    },
    case_studies: [
      {
        id: 'bolt',
        title: 'A checkout people finish',
        body: 'One question, one screen.',
        url: caseStudyUrl,
        url_label: 'See the prototype',
      },
      { id: 'system', title: 'One design system', body: 'For 14 teams.', url: null, url_label: '' },
    ],
    contact: {
      heading: 'Let’s talk',
      body: 'I can start in March.',
      cta: { label: 'Pick a time', url: 'https://cal.example/mara' },
      form: true,
    },
  }
}

/** What `POST /api/setup` takes: the first owner, and the code that was printed. */
export const firstOwner = (pitchbeat: Pitchbeat) => ({
  code: pitchbeat.setupCode,
  name: 'Mara Ilves',
  email: EMAIL,
  password: PASSWORD,
  time_zone: 'Europe/Tallinn',
})

/** Sets the first owner up with the code that was printed. */
export async function ownerOf(pitchbeat: Pitchbeat): Promise<Owner> {
  const client = apiClient(pitchbeat)
  await client.api('POST', '/api/setup', firstOwner(pitchbeat))
  return ownerWith(pitchbeat, client, FIRST)
}

interface Login {
  email: string
  password: string
}
const FIRST: Login = { email: EMAIL, password: PASSWORD }

/** Logs an owner in: the one whom `ownerOf` once set up, unless told otherwise. */
export async function logInTo(pitchbeat: Pitchbeat, login = FIRST): Promise<Owner> {
  const client = apiClient(pitchbeat)
  await client.api('POST', '/api/auth/sign-in/email', login)
  return ownerWith(pitchbeat, client, login)
}

interface Client {
  api: Owner['api']
  cookie(): string
}

function apiClient(pitchbeat: Pitchbeat): Client {
  let cookie = ''
  return {
    cookie: () => cookie,
    async api(method, path, body, headers = {}) {
      const answer = await fetch(pitchbeat.url + path, {
        method,
        headers: {
          Origin: pitchbeat.url,
          Cookie: cookie,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const set = answer.headers.getSetCookie().map(one => one.split(';')[0])
      if (set.length > 0) cookie = set.join('; ')
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
      return text ? JSON.parse(text) : undefined
    },
  }
}

async function ownerWith(pitchbeat: Pitchbeat, { api, cookie }: Client, login: Login): Promise<Owner> {
  const projects = await api<{ items: { id: string }[] }>('GET', '/api/projects')
  return {
    api,
    get cookie() {
      return cookie()
    },
    async campaign({
      title = 'Acme, senior product designer',
      caseStudyUrl,
      pages = samplePages(caseStudyUrl),
    } = {}) {
      const made = await api<{ id: string }>('POST', '/api/campaigns', {
        project_id: projects.items[0]!.id,
        title,
        pages,
      })
      await api('POST', `/api/campaigns/${made.id}/publish`)
      return made
    },
    async links(campaign, labels) {
      await api('POST', `/api/campaigns/${campaign}/links`, { labels })
      const { items } = await api<{ items: Link[] }>('GET', `/api/campaigns/${campaign}/links`)
      return labels.map(label => items.find(link => link.label === label)!)
    },
    figures: campaign => api('GET', `/api/campaigns/${campaign}/figures`),
    report: async <Item>(campaign: string, name: string) =>
      (await api<{ items: Item[] }>('GET', `/api/campaigns/${campaign}/reports/${name}`)).items,
    ready: async () => (await fetch(`${pitchbeat.url}/health/ready`)).json(),
    async logIn(tab, { stay = false } = {}) {
      if (!stay) await tab.goto(`${pitchbeat.url}/studio/`)
      await tab.waitForSelector('input[type=password]')
      await tab.type('input[type=email]', login.email)
      await tab.type('input[type=password]', login.password)
      await tab.keyboard.press('Enter')
      await tab.waitForFunction(() => !document.querySelector('input[type=password]'))
    },
  }
}
