import { expect, test } from 'vitest'
import { renderPages } from '../../src/markdown/render_pages.ts'
import { duration } from '../../src/pages/duration.ts'
import { pages } from './sample.ts'
import { live, site } from './site.ts'

test('the privacy page stands under every live link, without a tracker, and is not found by search engines', async () => {
  const answer = await site({ links: { acme: { ...live, indexable: true } } }).send('/p/acme/privacy')
  expect([answer.status, answer.headers.get('x-robots-tag')]).toEqual([200, 'noindex'])
  const html = await answer.text()
  expect(html).not.toContain('<script')
  expect(html).toContain('Ines Marchetti sent you this link, and sees that it was opened and for how long.')
  expect(html).toContain('or do nothing for 2 minutes.')
  expect(html).toContain('It lapses 30 minutes after you last did something here.')
  expect(html).toContain(
    'A visit is deleted 760 days after it ended, what you write in the form 90 days after',
  )
})

test('it is gone with its link', async () => {
  const { send } = site({ links: { off: { ...live, state: 'off' } } })
  expect([(await send('/p/off/privacy')).status, (await send('/p/nobody/privacy')).status]).toEqual([
    410, 404,
  ])
})

test('it names the sites that pictures come from, since they see the reader', async () => {
  expect(await (await site().send('/p/acme/privacy')).text()).toContain('No other company is involved.')
  const pictured = {
    ...pages,
    summary: { ...pages.summary, body: '![a](https://img.example/a.png) ![b](http://b.example/c.png)' },
  }
  const { send } = site({
    links: { acme: { ...live, published: { pages: pictured, html: await renderPages(pictured) } } },
  })
  const html = await (await send('/p/acme/privacy')).text()
  expect(html).toContain(
    'The pictures come from b.example and img.example, which see your address when they load.',
  )
  expect(html).not.toContain('No other company')
})

test('to somebody who is out it says so, with the way back', async () => {
  const html = await (await site().send('/p/acme/privacy', { headers: { Cookie: 'pb_out=1' } })).text()
  expect(html).toContain('You are not counted here')
  expect(html).toContain('<button class="btn" type="submit">Count me again</button>')
})

test('durations are told in their largest whole unit', () => {
  expect([1_800_000, 120_000, 90_000, 3_600_000, 60_000, 500].map(duration)).toEqual([
    '30 minutes',
    '2 minutes',
    '90 seconds',
    '1 hour',
    '1 minute',
    '1 second',
  ])
})
