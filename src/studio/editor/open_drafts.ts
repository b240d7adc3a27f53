import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Campaign } from '../../contract/shapes.ts'
import { readCampaign } from '../api/campaigns.ts'
import { accountHere } from '../api/login.ts'
import { deleteLater } from '../undo.ts'
import { differences } from './differences.ts'
import { type EditorForm, toPages } from './form.ts'
import { abandonedWords, dropWords, takeWords, throwAway, wordsOf } from './kept_words.ts'
import { beginDraft, type Draft, isPartly, type OpenDraft } from './open_draft.ts'

/** Words of a campaign that the server does not have. */
export interface UnsavedWords {
  campaign: string
  title: string
  at: string
}

/** Drafts that are on the screen, and those that were left before the server had all of them; by campaign. */
const open = new Map<string, OpenDraft>()
/** what tabs that are no more left behind */
let abandoned: UnsavedWords[] = []
let waiting: UnsavedWords[] = []
const listeners = new Set<() => void>()

const account = () => accountHere() ?? ''

/** Forgets drafts that are done, and tells anew which words wait while their editor is not on the screen. */
function look() {
  for (const [id, draft] of open) if (!draft.watched() && !draft.unsaved()) open.delete(id)
  const stuck = [...open.values()].filter(
    one => !one.watched() && one.unsaved() && !['typing', 'saving'].includes(one.now().state.kind),
  )
  const all = [...stuck.map(wordsIn), ...abandoned.filter(one => !open.has(one.campaign))]
  const next = all.filter((one, index) => all.findIndex(other => other.campaign === one.campaign) === index)
  if (JSON.stringify(next) === JSON.stringify(waiting)) return
  waiting = next
  for (const listener of listeners) listener()
}

const wordsIn = (draft: OpenDraft): UnsavedWords => ({
  campaign: draft.campaign,
  title: draft.title,
  at: draft.now().at ?? new Date().toISOString(),
})

/** Looks for words that other visits left behind. */
async function lookForAbandoned() {
  abandoned = await abandonedWords(account()).catch(() => [])
  look()
}

/** Begins a draft with the words that an earlier visit left unsaved, if there are some that the server lacks. */
async function openDraft(campaign: Campaign): Promise<OpenDraft> {
  const found = await takeWords(account(), campaign.id).catch(() => null)
  const there = open.get(campaign.id)
  if (there) return there
  const lacking =
    found && (isPartly(found.form) || differences(toPages(found.form).pages, campaign.draft).length > 0)
  if (found && !lacking) await dropWords(found)
  const draft = beginDraft(account(), campaign, lacking ? found : null, look)
  open.set(campaign.id, draft)
  void lookForAbandoned()
  return draft
}

/** Changes a draft, also one whose editor was left meanwhile. */
export async function changeDraft(campaign: string, change: (form: EditorForm) => EditorForm): Promise<void> {
  const draft = open.get(campaign) ?? (await openDraft(await readCampaign(campaign)))
  draft.change(change(draft.now().form))
}

/** Puts an earlier text in the place of the draft; what stood there can be had back as after a deletion. */
export function bringBack(draft: OpenDraft, form: EditorForm, words: string): void {
  const before = draft.now().form
  deleteLater(
    { key: `draft ${draft.campaign}`, words, undo: () => changeDraft(draft.campaign, () => before) },
    () => draft.change(form),
  )
}

/** The draft of a campaign; null for the moment in which this browser looks for words that were left unsaved. */
export function useOpenDraft(campaign: Campaign): OpenDraft | null {
  const [draft, setDraft] = useState(() => open.get(campaign.id) ?? null)
  useEffect(() => {
    if (draft) return draft.see(campaign)
    let gone = false
    void openDraft(campaign).then(opened => gone || setDraft(opened))
    return () => {
      gone = true
    }
  }, [draft, campaign])
  return draft
}

/** What the draft is now, for as long as a screen shows it. */
export function useDraft(draft: OpenDraft): Draft {
  const watch = useCallback(
    (listener: () => void) => {
      open.set(draft.campaign, draft)
      return draft.watch(listener)
    },
    [draft],
  )
  return useSyncExternalStore(watch, draft.now)
}

/** Words that wait while their editor is not on the screen. */
export function useWaitingWords(): UnsavedWords[] {
  useEffect(() => {
    const lookAgain = () => void lookForAbandoned() // another tab may have been closed with words in it
    lookAgain()
    addEventListener('focus', lookAgain)
    return () => removeEventListener('focus', lookAgain)
  }, [])
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting,
  )
}

/** Saves what can be saved, and answers which words the server still lacks. */
export async function unsavedWords(): Promise<UnsavedWords[]> {
  await Promise.all([...open.values()].map(one => one.flush()))
  const kept = await wordsOf(account()).catch(() => [])
  const here = [...open.values()].filter(one => one.unsaved()).map(wordsIn)
  const all = [...here, ...kept.map(({ campaign, title, at }) => ({ campaign, title, at }))]
  return all.filter((one, index) => all.findIndex(other => other.campaign === one.campaign) === index)
}

/** Throws away the words that the server lacks: those of one campaign, or all of this account. */
export async function throwWordsAway(campaign?: string): Promise<void> {
  for (const [id, draft] of open) {
    if (campaign !== undefined && campaign !== id) continue
    draft.stop()
    open.delete(id)
  }
  await throwAway(account(), campaign)
  await lookForAbandoned()
}

addEventListener('online', () => {
  for (const draft of open.values()) void draft.flush()
})
// A tab that goes out of sight may never come back.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') for (const draft of open.values()) void draft.flush()
})
addEventListener('pagehide', () => {
  for (const draft of open.values()) draft.end()
})
addEventListener('beforeunload', event => {
  if ([...open.values()].some(one => one.atRisk())) event.preventDefault()
})
