import { createStore, del, entries, set } from 'idb-keyval'
import type { Pages } from '../../contract/shapes.ts'
import type { EditorForm } from './form.ts'
import { alone, THIS_TAB, tabsAlive } from './this_tab.ts'

/** Words of a draft that the server has not acknowledged, as they stand in the form. */
export interface KeptWords {
  account: string
  campaign: string
  /** of the campaign, to name it where its words are offered */
  title: string
  form: EditorForm
  /** the draft on the server that they go on from, and its version */
  base: Pages
  version: number
  /** when the last of them was typed */
  at: string
}

type Key = [account: string, campaign: string, tab: string]

const store = createStore('pitchbeat', 'kept words')
const here = ({ account, campaign }: Pick<KeptWords, 'account' | 'campaign'>): Key => [
  account,
  campaign,
  THIS_TAB,
]

/** Each tab keeps its own words of a campaign, so that two tabs cannot take each other's away. */
export function keepWords(words: KeptWords): Promise<void> {
  return set(here(words), words, store)
}

/** Where words go that must be kept before the next line of code: a document that ends waits for nothing else. */
const AT_ONCE = 'pitchbeat.kept_words'

/** Keeps words of a document that is about to end; `wordsOf` and the others find them like the rest. */
export function keepWordsAtOnce(words: KeptWords): void {
  const key = here(words)
  localStorage.setItem(`${AT_ONCE} ${key.join(' ')}`, JSON.stringify([key, words]))
}

/** Puts what was kept at once where the rest is kept. */
async function gatherAtOnce(): Promise<void> {
  for (const name of Object.keys(localStorage).filter(one => one.startsWith(AT_ONCE))) {
    const [key, words] = JSON.parse(localStorage.getItem(name)!) as [Key, KeptWords]
    await set(key, words, store)
    localStorage.removeItem(name)
  }
}

/** The server has them, or the owner threw them away. */
export function dropWords(of: Pick<KeptWords, 'account' | 'campaign'>): Promise<void> {
  return del(here(of), store)
}

/** All words of an account that this browser keeps, newest first. */
export async function wordsOf(account: string): Promise<KeptWords[]> {
  return (await kept(account)).map(([, words]) => words)
}

/** Those of them that no living tab is writing. */
export async function abandonedWords(account: string): Promise<KeptWords[]> {
  return (await abandoned(account)).map(([, words]) => words)
}

/** Takes over the newest words of a campaign that no living tab is writing. */
export function takeWords(account: string, campaign: string): Promise<KeptWords | null> {
  return alone(async () => {
    const [newest] = (await abandoned(account)).filter(([, words]) => words.campaign === campaign)
    if (!newest) return null
    const [key, words] = newest
    await keepWords(words)
    await del(key, store)
    return words
  })
}

/** Throws away all words of an account, or of one of its campaigns. */
export async function throwAway(account: string, campaign?: string): Promise<void> {
  for (const [key, words] of await kept(account))
    if (campaign === undefined || words.campaign === campaign) await del(key, store)
}

async function abandoned(account: string): Promise<Array<[Key, KeptWords]>> {
  const alive = await tabsAlive()
  return (await kept(account)).filter(([[, , tab]]) => !alive(tab))
}

async function kept(account: string): Promise<Array<[Key, KeptWords]>> {
  await gatherAtOnce()
  const all = await entries<Key, KeptWords>(store)
  return all.filter(([, words]) => words.account === account).sort(([, a], [, b]) => b.at.localeCompare(a.at))
}
