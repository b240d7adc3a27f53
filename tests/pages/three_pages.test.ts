import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openTicket } from '../../src/gate/ticket.ts'
import { renderPages } from '../../src/markdown/render_pages.ts'
import { pages } from './sample.ts'
import { live, SECRET, site } from './site.ts'

const PATHS = ['/p/acme', '/p/acme/case-studies', '/p/acme/contact'] as const

describe.each(PATHS)('%s', path => {
  test('is a page for its reader alone, not for search engines', async () => {
    const answer = await site().send(path)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=UTF-8',
      'x-robots-tag': 'noindex',
      'cache-control': 'private, no-cache',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(await answer.text()).toContain('<meta name="robots" content="noindex"/>')
  })

  test('says that it is measured, with the way out beside it', async () => {
    const html = await (await site().send(path)).text()
    expect(textOf(html)).toContain(
      'The sender sees that this was opened and for how long. Don’t count me. What is measured',
    )
    expect(html).toContain('<form method="post" action="/p/acme/opt-out">')
  })

  test('carries a policy that allows exactly the styles in it and no script of anybody else', async () => {
    const answer = await site().send(path)
    const policy = answer.headers.get('content-security-policy')!
    const html = await answer.text()
    const hashes = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
      ([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`,
    )
    expect(hashes).toHaveLength(2)
    expect(policy).toBe(
      `default-src 'self'; img-src 'self' https: data:; style-src ${hashes.join(' ')}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    )
    expect(html).not.toMatch(/ style=| on[a-z]+=/)
  })

  test('answers HEAD like GET, without a body', async () => {
    const answer = await site().send(path, { method: 'HEAD' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-robots-tag')).toBe('noindex')
    expect(await answer.text()).toBe('')
  })

  test('asks the database once, as nobody in particular', async () => {
    const { send, state } = site()
    await send(path)
    expect(state.asked).toHaveLength(1)
    expect(state.asked[0]!.who).toEqual({ role: 'service_role' })
  })

  test('is found by search engines only where the owner says so', async () => {
    const answer = await site({ links: { acme: { ...live, indexable: true } } }).send(path)
    expect(answer.headers.has('x-robots-tag')).toBe(false)
    expect(await answer.text()).not.toContain('noindex')
  })

  test('answers 404 to a slug that nobody made and to a draft, without counting', async () => {
    const { send, state } = site({ links: { acme: { ...live, state: 'draft', published: null } } })
    for (const answer of [await send(path), await send(path.replace('acme', 'nobody'))]) {
      expect(answer.status).toBe(404)
      const html = await answer.text()
      expect(html).toContain('There is no page at this address')
      expect(html).not.toContain('<script')
    }
    expect(state.pushed).toEqual([])
  })

  test.each(['off', 'gone'] as const)(
    'answers 410 with the owner’s last words where it is %s',
    async kind => {
      const { send, state } = site({ links: { acme: { ...live, state: kind } } })
      const answer = await send(path)
      expect(answer.status).toBe(410)
      const html = await answer.text()
      expect(html).toContain('<p>I have taken a position.</p>')
      expect(html).toContain('Thank you for &lt;b&gt;the time&lt;/b&gt; you gave my work.')
      expect(html).not.toContain('<script')
      expect(state.pushed).toEqual([])
    },
  )

  test('answers 503 with a time to come back while the database is away', async () => {
    const { send, state } = site()
    for (const code of ['ECONNREFUSED', '57P01', '08006', '53300']) {
      state.database = Object.assign(new Error('away'), { code })
      const answer = await send(path)
      expect([code, answer.status]).toEqual([code, 503])
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await answer.text()).toContain('This page cannot be shown just now')
    }
  })

  test('does not call a fault of ours a database that is away', async () => {
    const { send, state } = site()
    state.database = Object.assign(new Error('no such column'), { code: '42703' })
    expect((await send(path)).status).toBe(500)
  })

  test('hands the tracker a ticket of this very link', async () => {
    const html = await (await site().send(path)).text()
    const script = html.match(/<script .*?><\/script>/)![0]
    const data = Object.fromEntries([...script.matchAll(/ data-([a-z-]+)="([^"]*)"/g)].map(m => [m[1], m[2]]))
    expect(data).toMatchObject({
      api: '/p/acme',
      name: 'pb_acme',
      cookie: ';path=/p/acme;samesite=lax;secure;max-age=',
      window: 'sliding',
      ms: '1800000',
      'max-ms': '86400000',
      'idle-ms': '120000',
      page: { '/p/acme': 'summary', '/p/acme/case-studies': 'case_studies', '/p/acme/contact': 'contact' }[
        path
      ],
    })
    expect(script).toContain('<script defer="" src="/pb.abc123.js"')
    expect(html.indexOf('<script')).toBeGreaterThan(html.indexOf('</footer>'))
    expect(openTicket(data.ticket!, 'acme', [SECRET])).toMatchObject({
      campaign_id: live.campaign_id,
      link_id: live.link_id,
      flags: { hosted: true, sliding: true, owner_device: false, owner_login: false, prefetch: false },
    })
    expect(openTicket(data.ticket!, 'other', [SECRET])).toBeNull()
  })
})

test('the three pages link to one another, the next one filled', async () => {
  const { send } = site()
  const bars = await Promise.all(
    PATHS.map(async path => (await (await send(path)).text()).match(/<nav.*?<\/nav>/)![0]),
  )
  expect(bars[0]).toContain('<a href="/p/acme/case-studies" class="next">Case studies</a>')
  expect(bars[1]).toContain('<a href="/p/acme/contact" class="next">Contact</a>')
  expect(bars[2]).not.toContain('class="next"')
  for (const bar of bars) for (const path of PATHS) expect(bar).toContain(`<a href="${path}"`)
})

test('the summary says who, for whom, the results, and how long the case studies take', async () => {
  const html = await (await site().send('/p/acme')).text()
  expect(html).toContain('<h1>Ines Marchetti</h1>')
  expect(html).toContain('For Halden Health, Lead Product Designer')
  expect(html).toContain(
    '<li><strong>6 min</strong> <span>less typing per hospital admission, 212 of them timed</span></li>',
  )
  expect(html).toMatch(/Case studies, \d+ minutes/)
  expect(html).toContain('<a href="/p/acme/case-studies#admission">Six minutes less typing per admission</a>')
  expect(html).toContain('<meta property="og:title" content="Ines Marchetti"/>')
})

test('every case study is a part that the tracker can measure, with its link outside', async () => {
  const html = await (await site().send('/p/acme/case-studies')).text()
  for (const { id, url } of pages.case_studies) {
    expect(html).toContain(`id="${id}" data-pb-part="${id}"`)
    expect(html).toContain(`<a href="${url}" rel="noopener">`)
  }
  expect(html.match(/<h1/g)).toHaveLength(1)
  expect(html).toContain('<h3>Problem</h3>')
})

test('the call to action is marked for the tracker', async () => {
  const html = await (await site().send('/p/acme/contact')).text()
  expect(html).toMatch(
    /<a class="btn main" href="https:\/\/cal.example\/ines" rel="noopener" data-pb-cta[^>]*>Pick a time<\/a>/,
  )
})

test('nothing an owner writes can become markup or script', async () => {
  const attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
  const hostile = structuredClone(pages)
  hostile.summary = {
    name: attack,
    for_whom: attack,
    sentence: attack,
    results: [{ figure: attack, text: attack }],
    body: `${attack}\n\n[a](javascript:alert(1))\n\n![b](javascript:alert(1))`,
  }
  hostile.case_studies = [
    { id: 'a', title: attack, body: attack, url: 'https://a.example/', url_label: attack },
  ]
  hostile.contact = {
    heading: attack,
    body: attack,
    cta: { label: attack, url: 'https://a.example/"><script>' },
    form: true,
  }
  const page = {
    ...live,
    title: attack,
    language: attack,
    published: { pages: hostile, html: await renderPages(hostile) },
  }
  const { send } = site({ links: { acme: page } })
  for (const path of [...PATHS, '/p/acme/privacy', '/p/acme/contact?sent']) {
    const html = await (await send(path)).text()
    expect(html.match(/<script/g)?.length ?? 0).toBe(path.endsWith('privacy') ? 0 : 1)
    expect(html).not.toMatch(/<img|javascript:/)
    expect(html.replace(/"[^"]*"/g, '')).not.toMatch(/<[^>]* on[a-z]+=/)
  }
})

test('a slug that no link can have is no question to the database', async () => {
  const { send, state } = site()
  for (const slug of ['ab', 'A'.repeat(80), '%00', '..%2f..', 'acme%27--', '%ff'])
    expect((await send(`/p/${slug}`)).status).toBe(404)
  expect(state.asked).toEqual([])
})

test('an address with a slash at its end leads to the page', async () => {
  const answer = await site().send('/p/acme/')
  expect([answer.status, answer.headers.get('location')]).toEqual([301, '/p/acme'])
})

test('without case studies the bar goes straight to contact', async () => {
  const few = { ...pages, case_studies: [] }
  const { send } = site({
    links: { acme: { ...live, published: { pages: few, html: await renderPages(few) } } },
  })
  const html = await (await send('/p/acme')).text()
  expect(html).toContain('<a href="/p/acme/contact" class="next">Contact</a>')
  expect(html).not.toContain('case-studies')
  expect((await send('/p/acme/case-studies')).status).toBe(200)
})

function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' .', '.')
}
