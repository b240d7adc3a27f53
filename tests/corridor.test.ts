import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Page as Tab } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, startChromium } from './servers/chromium.ts'
import { type Owner, ownerOf } from './servers/owner.ts'
import { type Pitchbeat, startPitchbeat } from './servers/pitchbeat.ts'
import { until } from './servers/until.ts'

/**
 * The tour. A reader opens a share link in a real browser; everything after that is the product: page, ticket, tracker,
 * collect, queue, worker, store, reports, studio. Read from top to bottom, it is the corridor of ARCHITECTURE.md.
 */

let pitchbeat: Pitchbeat
let chromium: Chromium
let owner: Owner
let elsewhere: Server
let elsewhereUrl: string

beforeAll(async () => {
  elsewhere = createServer((_, answer) =>
    answer.setHeader('Content-Type', 'text/html').end('<title>Prototype</title>'),
  ).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/prototype`
  pitchbeat = await startPitchbeat({ bundled: true })
  chromium = await startChromium()
  owner = await ownerOf(pitchbeat)
})
afterAll(async () => {
  await chromium?.stop()
  await pitchbeat?.stop()
  elsewhere?.close()
})

/** A campaign of its own for each reader, published, with one labelled link. */
async function campaignFor(label: string) {
  const campaign = await owner.campaign({ title: `Pitch to ${label}`, caseStudyUrl: elsewhereUrl })
  const [link] = await owner.links(campaign.id, [label])
  return { id: campaign.id, slug: link!.slug, url: `${pitchbeat.url}/p/${link!.slug}` }
}

/** One reader: a browser profile nobody else uses, in front of everything else. */
async function reader(): Promise<{ tab: Tab; context: BrowserContext }> {
  const context = await chromium.browser.createBrowserContext()
  const tab = await context.newPage()
  await tab.bringToFront()
  return { tab, context }
}

const stay = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('a visit, from the share link to the panel', () => {
  it('shows one actual session, 100 %, about the right time and the lead', async () => {
    const campaign = await campaignFor('Acme, recruiter')
    const { tab, context } = await reader()
    const opened = performance.now()
    await tab.goto(campaign.url)
    await stay(12_000)
    await Promise.all([tab.waitForNavigation(), tab.click('main a[href*="case-studies"]')])
    // The prototype opens in its own page; the reader comes back by Back.
    await Promise.all([tab.waitForNavigation(), tab.click(`a[href="${elsewhereUrl}"]`)])
    await Promise.all([tab.waitForNavigation(), tab.goBack()])
    await Promise.all([tab.waitForNavigation(), tab.click('main a[href*="contact"]')])
    await tab.type('#name', 'Jonna Berg')
    await tab.type('#email', 'jonna@acme.example')
    await tab.type('#message', 'Could you join us on Thursday?')
    await Promise.all([tab.waitForNavigation(), tab.click('form[action$="contact"] button')])
    expect(tab.url()).toContain('contact?sent')
    const read_ms = performance.now() - opened
    await context.close()

    const studio = await chromium.browser.createBrowserContext()
    const panel = await studio.newPage()
    await owner.logIn(panel)
    await panel.goto(`${pitchbeat.url}/studio/campaigns/${campaign.id}`)
    const text = () => panel.$eval('main', main => main.textContent ?? '')
    await until('the panel shows one engaged of one actual', async () =>
      /1 of 1\s*\(100 %\)/.test(await text()),
    )
    const shown = await text()
    expect(shown).toContain('Total Actual Sessions')
    expect(shown).toContain('Engagement Rate')
    expect(shown).toContain('Total Time Spent')
    expect(shown).toContain('Acme, recruiter')
    expect(shown).toContain('Jonna Berg')
    await studio.close()

    const figures = await owner.figures(campaign.id)
    expect(figures).toMatchObject({
      actual_sessions: 1,
      engaged_sessions: 1,
      new_sessions: 0,
      engagement_rate: 1,
    })
    expect(figures.total_time_ms).toBeGreaterThan(11_500)
    expect(figures.total_time_ms).toBeLessThan(read_ms)
    const counts: Record<string, number> = {}
    for (const { type, count } of await owner.report<{ type: string; count: number }>(campaign.id, 'events'))
      counts[type] = (counts[type] ?? 0) + count
    expect(counts).toMatchObject({ forward_navigation: 2, external_link: 1, lead_submit: 1 })
  })

  it('counts a visitor of three seconds as New', async () => {
    const campaign = await campaignFor('Acme, founder')
    const { tab, context } = await reader()
    await tab.goto(campaign.url)
    await stay(3_000)
    await context.close()
    await until(
      'the three seconds are in the figures',
      async () => (await owner.figures(campaign.id)).new_sessions === 1,
    )
    const figures = await owner.figures(campaign.id)
    expect(figures).toMatchObject({
      actual_sessions: 0,
      engaged_sessions: 0,
      new_sessions: 1,
      engagement_rate: null,
    })
    expect(figures.total_time_ms).toBeGreaterThan(2_000)
    expect(figures.total_time_ms).toBeLessThan(4_000)
  })

  it('counts a reader of forty seconds who clicks nothing as Actual, not Engaged', async () => {
    const campaign = await campaignFor('Acme, design lead')
    const { tab, context } = await reader()
    await tab.goto(campaign.url)
    await stay(40_000)
    await context.close()
    await until(
      'the forty seconds are in the figures',
      async () => (await owner.figures(campaign.id)).total_time_ms > 38_000,
    )
    expect(await owner.figures(campaign.id)).toMatchObject({
      actual_sessions: 1,
      engaged_sessions: 0,
      new_sessions: 0,
      engagement_rate: 0,
    })
  })

  it('counts a click at four seconds by a reader who leaves at once as New', async () => {
    const campaign = await campaignFor('Acme, people team')
    const { tab, context } = await reader()
    await tab.goto(`${campaign.url}/case-studies`)
    await stay(4_000)
    await Promise.all([tab.waitForNavigation(), tab.click(`a[href="${elsewhereUrl}"]`)])
    await context.close()
    await until('the click is in the report', async () =>
      (await owner.report<{ type: string }>(campaign.id, 'events')).some(
        event => event.type === 'external_link',
      ),
    )
    expect(await owner.figures(campaign.id)).toMatchObject({
      actual_sessions: 0,
      engaged_sessions: 0,
      new_sessions: 1,
    })
  })

  it('counts a batch that was sent twice once', async () => {
    const campaign = await campaignFor('Acme, twice')
    const { tab, context } = await reader()
    const batches: string[] = []
    tab.on('request', request => {
      if (request.method() === 'POST' && request.url().endsWith('/beat'))
        batches.push(request.postData() ?? '')
    })
    await tab.goto(campaign.url)
    await stay(11_500)
    await until('the ten-second beat was sent', () => batches.length > 0)
    await context.close()
    await until('the session is Actual', async () => (await owner.figures(campaign.id)).actual_sessions === 1)
    await until('the worker is idle', async () => (await owner.ready()).worker_lag_s === 0)
    const before = await owner.figures(campaign.id)
    for (let again = 0; again < 2; again++) {
      const answer = await fetch(`${campaign.url}/beat`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain', 'User-Agent': chromium.userAgent },
        body: batches[0]!,
      })
      expect(answer.status).toBe(204)
    }
    await until('the worker is idle again', async () => (await owner.ready()).worker_lag_s === 0)
    const { last_read_at: _, ...after } = await owner.figures(campaign.id)
    const { last_read_at: __, ...first } = before
    expect(after).toEqual(first)
  })
})
