import { useCallback, useEffect, useRef, useState } from 'react'
import type { Campaign, Pages } from '../../contract/shapes.ts'
import { useCampaignChanges } from '../api/campaigns.ts'
import { ApiProblem } from '../api/request.ts'

/** How long typing must rest before the draft is saved. */
const REST_MS = 800

export type SaveState =
  | { kind: 'saved'; at: Date | null }
  | { kind: 'typing' }
  | { kind: 'saving' }
  /** somebody saved another version in the meantime */
  | { kind: 'overtaken' }
  | { kind: 'failed'; error: Error }

export interface Autosave {
  state: SaveState
  /** the draft on the server */
  version: number
  save: (pages: Pages) => void
  /** saves what is still unsaved; true when everything is on the server */
  flush: () => Promise<boolean>
  /** goes on from another version, saving what stands here over it */
  overwrite: (version: number) => void
  /** drops what is unsaved and goes on from another version */
  forget: (version: number) => void
}

interface Now {
  version: number
  unsaved: Pages | null
  timer: number
  running: Promise<boolean> | null
}

/** Saves the draft a moment after typing rests, one request at a time, each on top of the version before. */
export function useAutosave(campaign: Campaign): Autosave {
  const { saveDraft } = useCampaignChanges(campaign.id)
  const put = saveDraft.mutateAsync
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: null })
  const [version, setVersion] = useState(campaign.draft_version)
  const now = useRef<Now>({ version: campaign.draft_version, unsaved: null, timer: 0, running: null })

  const run = useCallback(async (): Promise<boolean> => {
    clearTimeout(now.current.timer)
    if (now.current.running) await now.current.running
    const pages = now.current.unsaved
    if (!pages) return true
    const saving = (async () => {
      now.current.unsaved = null
      setState({ kind: 'saving' })
      try {
        const saved = await put({ pages, version: now.current.version })
        now.current.version = saved.draft_version
        setVersion(saved.draft_version)
        setState(now.current.unsaved ? { kind: 'typing' } : { kind: 'saved', at: new Date() })
        return now.current.unsaved === null
      } catch (error) {
        now.current.unsaved ??= pages
        const overtaken = error instanceof ApiProblem && error.status === 412
        setState(overtaken ? { kind: 'overtaken' } : { kind: 'failed', error: error as Error })
        return false
      } finally {
        now.current.running = null
      }
    })()
    now.current.running = saving
    return saving
  }, [put])

  const save = useCallback(
    (pages: Pages) => {
      now.current.unsaved = pages
      setState(before => (before.kind === 'overtaken' ? before : { kind: 'typing' }))
      clearTimeout(now.current.timer)
      now.current.timer = window.setTimeout(() => void run(), REST_MS)
    },
    [run],
  )

  const overwrite = useCallback(
    (next: number) => {
      now.current.version = next
      setVersion(next)
      void run()
    },
    [run],
  )

  const forget = useCallback((next: number) => {
    clearTimeout(now.current.timer)
    now.current.unsaved = null
    now.current.version = next
    setVersion(next)
    setState({ kind: 'saved', at: null })
  }, [])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (now.current.unsaved) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => {
      removeEventListener('beforeunload', warn)
      void run() // leaving for another screen
    }
  }, [run])

  return { state, version, save, flush: run, overwrite, forget }
}
