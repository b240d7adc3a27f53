import type { Campaign, Pages } from '../../contract/shapes.ts'
import { readCampaign, saveDraft } from '../api/campaigns.ts'
import { worthAnotherTry } from '../api/client.ts'
import { ApiProblem } from '../api/request.ts'
import { differences } from './differences.ts'
import { type EditorForm, toForm, toPages } from './form.ts'
import { dropWords, type KeptWords, keepWords, keepWordsAtOnce } from './kept_words.ts'

/** How long typing must rest before the draft is saved. */
const REST_MS = 800
/** How long a server that is away is left alone before it is asked again; the last goes on for ever. */
const RETRY_MS = [1_000, 2_000, 4_000, 5_000]

export type SaveState =
  | { kind: 'saved'; at: Date | null }
  | { kind: 'typing' }
  | { kind: 'saving' }
  /** somebody saved another version in the meantime */
  | { kind: 'overtaken'; theirs: Campaign }
  | { kind: 'failed'; error: Error }

/** A draft as it is being written. */
export interface Draft {
  form: EditorForm
  /** the draft on the server that the form goes on from */
  base: Pages
  version: number
  state: SaveState
  /** when the last word was typed; null where nothing was */
  at: string | null
  /** words that an earlier visit left unsaved and that stand in the form again, and what the server had instead */
  back: { at: string; words: EditorForm; before: EditorForm } | null
}

export interface OpenDraft {
  campaign: string
  title: string
  now: () => Draft
  /** a screen shows it until the answered function is called */
  watch: (listener: () => void) => () => void
  watched: () => boolean
  change: (form: EditorForm) => void
  /** saves what is still unsaved; true when the server has everything */
  flush: () => Promise<boolean>
  /** the text that goes on after both were seen, on top of the other's version */
  settle: (pages: Pages) => void
  /** the server's draft as it was read last */
  see: (campaign: Campaign) => void
  /** the words that came back need no mention any more */
  accept: () => void
  /** whether neither the server nor this browser takes the words */
  atRisk: () => boolean
  /** the document ends: nothing that takes time is done any more */
  end: () => void
  /** whether the server lacks words of this draft */
  unsaved: () => boolean
  /** saves nothing from here on: the words are thrown away */
  stop: () => void
}

/**
 * Keeps every change in this browser until the server has acknowledged it, and saves a moment after typing rests: one
 * request at a time, each on top of the version before. A server that is away is asked again until it answers, also
 * after the editor was left.
 * @param words what an earlier visit left unsaved
 * @param onChange called after every change of the draft or its state
 */
export function beginDraft(
  account: string,
  campaign: Campaign,
  words: KeptWords | null,
  onChange: () => void,
): OpenDraft {
  const { id, title } = campaign
  const listeners = new Set<() => void>()
  let draft: Draft = {
    form: words?.form ?? toForm(campaign.draft),
    base: words?.base ?? campaign.draft,
    version: words?.version ?? campaign.draft_version,
    state: { kind: 'saved', at: null },
    at: words?.at ?? null,
    back: words && { at: words.at, words: words.form, before: toForm(campaign.draft) },
  }
  let unsaved = words !== null
  let kept: 'yes' | 'not yet' | 'no' = 'yes'
  /** what the last request carried, while its answer is not known */
  let sent: Pages | null = null
  let running: Promise<boolean> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let stopped = false

  const show = (part: Partial<Draft>) => {
    draft = { ...draft, ...part }
    for (const listener of listeners) listener()
    onChange()
  }
  /** A failure or a conflict stays said until it is over, however much is typed or tried meanwhile. */
  const say = (state: SaveState) => {
    if (!['failed', 'overtaken'].includes(draft.state.kind)) show({ state })
  }
  const later = (ms: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void flush(), ms)
  }
  const wordsNow = (): KeptWords => {
    const { form, base, version, at } = draft
    return { account, campaign: id, title, form, base, version, at: at ?? new Date().toISOString() }
  }
  const keep = async () => {
    const { form } = draft
    kept = 'not yet'
    try {
      await keepWords(wordsNow())
      if (form === draft.form) kept = 'yes'
    } catch {
      kept = 'no' // no room, or a private window: `atRisk` says so
    }
  }
  /** The server has this text. A field that cannot be saved yet, such as half an address, stays kept. */
  const acknowledged = (pages: Pages, version: number, form: EditorForm) => {
    sent = null
    failures = 0
    unsaved = draft.form !== form
    show({ base: pages, version, state: unsaved ? { kind: 'typing' } : { kind: 'saved', at: new Date() } })
    if (unsaved || isPartly(draft.form)) void keep()
    else void dropWords({ account, campaign: id }).catch(() => {})
  }
  const overtakenBy = (theirs: Campaign): boolean => {
    const { form } = draft
    const mine = toPages(form).pages
    const has = (pages: Pages) => differences(pages, theirs.draft).length === 0
    // The answer to what was sent got lost on its way: the other version is our own.
    if (has(mine)) acknowledged(theirs.draft, theirs.draft_version, form)
    else if (sent && has(sent)) {
      acknowledged(theirs.draft, theirs.draft_version, toForm(theirs.draft))
      later(0)
    } else show({ state: { kind: 'overtaken', theirs } })
    return draft.state.kind === 'saved'
  }
  const send = async (): Promise<boolean> => {
    const { form, version } = draft
    const { pages } = toPages(form)
    say({ kind: 'saving' })
    try {
      const saved = await saveDraft(id, pages, version)
      acknowledged(pages, saved.draft_version, form)
      return !unsaved
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412) {
        try {
          return overtakenBy(await readCampaign(id))
        } catch {} // asked again below, as after any failure
      }
      sent = pages
      show({ state: { kind: 'failed', error: error as Error } })
      const again = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]!
      if (worthAnotherTry(error as Error) || (error as ApiProblem).status === 412) later(again)
      return false
    }
  }
  const flush = async (): Promise<boolean> => {
    clearTimeout(timer)
    if (running) await running
    if (!unsaved) return true
    if (stopped || draft.state.kind === 'overtaken') return false
    running ??= send().finally(() => {
      running = null
    })
    return running
  }

  if (words && words.version !== campaign.draft_version) overtakenBy(campaign)
  else if (words) {
    draft.state = { kind: 'typing' }
    later(0)
  }

  return {
    campaign: id,
    title,
    now: () => draft,
    watch(listener) {
      listeners.add(listener)
      onChange()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) void flush().then(onChange)
      }
    },
    watched: () => listeners.size > 0,
    change(form) {
      unsaved = true
      show({ form, at: new Date().toISOString() })
      say({ kind: 'typing' })
      void keep()
      later(REST_MS)
    },
    flush,
    settle(pages) {
      if (draft.state.kind !== 'overtaken') return
      const { theirs } = draft.state
      const form = toForm(pages)
      show({ form, base: theirs.draft, version: theirs.draft_version, back: null })
      if (differences(pages, theirs.draft).length === 0) {
        acknowledged(theirs.draft, theirs.draft_version, form)
        return
      }
      unsaved = true
      show({ state: { kind: 'typing' } })
      void keep()
      later(0)
    },
    see(read) {
      if (unsaved || running || isPartly(draft.form) || read.draft_version <= draft.version) return
      show({
        form: toForm(read.draft),
        base: read.draft,
        version: read.draft_version,
        state: { kind: 'saved', at: null },
        back: null,
      })
    },
    accept: () => show({ back: null }),
    atRisk: () => unsaved && kept === 'no',
    end() {
      if (!stopped && unsaved && kept === 'not yet') keepWordsAtOnce(wordsNow())
    },
    unsaved: () => unsaved || isPartly(draft.form),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Whether a field of the form cannot be saved as it stands. */
export function isPartly(form: EditorForm): boolean {
  return Object.keys(toPages(form).issues).length > 0
}
