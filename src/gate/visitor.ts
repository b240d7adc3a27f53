import { createHash } from 'node:crypto'
import Bowser from 'bowser'
import { isbot } from 'isbot'
import type { UserAgent } from '../contract/entry.ts'
import type { UaClass } from '../contract/words.ts'

/** Fetchers that unfold a link for people who see it in a chat, a post or a mail. */
const PREVIEW =
  /slackbot|slack-imgproxy|twitterbot|facebookexternalhit|facebot|linkedinbot|whatsapp|telegrambot|discordbot|skypeuripreview|microsoft ?preview|msteams|teamsbot|outlook|embedly|iframely|pinterest|redditbot|mastodon|bluesky|googlemessages|viber|line-poker|kakaotalk-scrap|notionbot|vkshare|snap url preview|quora link preview|bitlybot|tumblr|yahoo link preview/i
/** Programs and libraries: no browser, no pretence. */
const CLIENT =
  /^(curl|wget|python|python-requests|python-urllib|aiohttp|httpx|go-http-client|java|okhttp|apache-httpclient|node|node-fetch|undici|axios|got|libwww-perl|perl|ruby|php|guzzlehttp|httpie|postmanruntime|insomnia|powershell|dart|reqwest|rust)\b/i

/** 512 parsed user agents are kept, each with and without its hash: parsing takes 60 µs, a look-up under 1. */
const seen = new Map<string, { hashed: UserAgent; bare: UserAgent }>()
const SEEN_MAX = 512

/**
 * What a user agent says of itself. isbot takes an empty one for a person, so that is asked first.
 * @param keepHash false for readers who asked not to be followed: no hash is kept
 * @returns shared by everybody with that user agent: not to be changed
 */
export function visitor(userAgent: string | undefined, keepHash: boolean): Readonly<UserAgent> {
  const text = (userAgent ?? '').slice(0, 1_000)
  let known = seen.get(text)
  if (!known) {
    if (seen.size >= SEEN_MAX) seen.delete(seen.keys().next().value!)
    const bare: UserAgent = { ...parse(text), hash: null }
    const hash = text === '' ? null : createHash('sha256').update(text).digest('hex')
    known = { bare, hashed: { ...bare, hash } }
    seen.set(text, known)
  }
  return keepHash ? known.hashed : known.bare
}

/** The names that may be kept. The parser makes up others from the text: a whole user agent became a "browser". */
const BROWSERS = new Set(Object.values(Bowser.BROWSER_MAP))
const SYSTEMS = new Set(Object.values(Bowser.OS_MAP))
const fromList = (names: Set<string>, name: string | undefined) =>
  name ? (names.has(name) ? name : 'other') : null

function parse(text: string): Omit<UserAgent, 'hash'> {
  const { browser, os, platform } = Bowser.parse(text || ' ')
  const device = platform.type === 'mobile' ? 'phone' : platform.type
  return {
    class: classOf(text),
    device: device ?? null,
    browser: fromList(BROWSERS, browser.name),
    os: fromList(SYSTEMS, os.name),
  }
}

function classOf(text: string): UaClass {
  if (text.trim() === '') return 'empty'
  if (CLIENT.test(text)) return 'client'
  if (isbot(text)) return PREVIEW.test(text) ? 'preview' : 'crawler'
  return 'person'
}

/** Whether the browser asks not to be followed: Global Privacy Control or Do Not Track. */
export function asksForPrivacy(header: (name: string) => string | undefined): boolean {
  return header('sec-gpc') === '1' || header('dnt') === '1'
}
