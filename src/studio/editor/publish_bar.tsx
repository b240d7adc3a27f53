import { useState } from 'react'
import type { Campaign, Pages } from '../../contract/shapes.ts'
import { PAGES, type Page } from '../../contract/words.ts'
import { written } from '../../contract/written.ts'
import { useCampaignChanges } from '../api/campaigns.ts'
import { listOfPages } from '../format/names.ts'
import { timeOfDay } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import { Sheet } from '../parts/dialog.tsx'
import frame from '../parts/frame.module.css'
import { Link } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import { toPages } from './form.ts'
import { isPartly, type OpenDraft, type SaveState } from './open_draft.ts'
import { useDraft } from './open_drafts.ts'

interface PublishBarProps {
  campaign: Campaign
  draft: OpenDraft
  /** fields that differ from what readers see */
  changed: number
  discard: () => void
}

/** The title, where the draft stands, and the button that makes it public. */
export function PublishBar({ campaign, draft, changed, discard }: PublishBarProps) {
  const { state, form } = useDraft(draft)
  const { publish } = useCampaignChanges(campaign.id)
  const [justPublished, setJustPublished] = useState(false)
  const first = campaign.published_at === null
  const nothingNew = !first && changed === 0 && state.kind === 'saved'
  const [empty, setEmpty] = useState<Page[]>([])
  const ask = () => {
    const pages = newlyEmpty(toPages(form).pages, campaign.published)
    if (pages.length > 0) setEmpty(pages)
    else void send()
  }
  const send = async () => {
    setEmpty([])
    if (publish.isPending || !(await draft.flush())) return
    publish.mutate(undefined, { onSuccess: () => setJustPublished(true) })
  }
  return (
    <>
      <div className={frame.top}>
        <div>
          <nav className={frame.crumb} aria-label={t('you_are_here')}>
            <Link href="/">← {t('campaigns')}</Link>
          </nav>
          <h1>{campaign.title}</h1>
          <p className={frame.about} role="status">
            {saveWords(state, isPartly(form))} {publicWords(first, changed)}
          </p>
        </div>
        <div className={frame.actions}>
          <Link className={controls.button} href={`/campaigns/${campaign.id}/history`}>
            {t('history')}
          </Link>
          {!first && changed > 0 && <Discard discard={discard} />}
          {nothingNew && justPublished ? (
            <Link
              className={`${controls.button} ${controls.first}`}
              href={`/campaigns/${campaign.id}`}
              ref={takeLostFocus}
            >
              {t('to_the_link')}
            </Link>
          ) : (
            <button
              type="button"
              className={`${controls.button} ${controls.first}`}
              disabled={nothingNew}
              aria-disabled={publish.isPending}
              onClick={ask}
            >
              {first ? t('publish') : t('publish_changes')}
            </button>
          )}
        </div>
      </div>
      <Sheet
        open={empty.length > 0}
        onOpen={open => !open && setEmpty([])}
        title={t('publish_empty_title')}
        actions={
          <button
            type="button"
            className={`${controls.button} ${controls.first}`}
            onClick={() => void send()}
          >
            {t('publish_empty_anyway')}
          </button>
        }
      >
        <p className={text.soft}>{t('publish_empty_words', { pages: listOfPages(empty) })}</p>
      </Sheet>
      {publish.error && (
        <div className={panel.note} role="alert">
          <p>{publish.error.message}</p>
        </div>
      )}
      {state.kind === 'failed' && (
        <div className={panel.note} role="alert">
          <p>
            {state.error.message} {draft.atRisk() ? t('text_only_here') : t('text_is_kept')}
          </p>
          <button type="button" className={controls.button} onClick={() => void draft.flush()}>
            {t('try_again')}
          </button>
        </div>
      )}
    </>
  )
}

/** Pages that would be public with nothing on them, and are not yet. An unfinished summary is refused by the server anyway. */
function newlyEmpty(pages: Pages, published: Pages | null): Page[] {
  if (written(pages, 'summary') !== 'complete') return []
  return PAGES.filter(
    page => written(pages, page) === 'empty' && (published === null || written(published, page) !== 'empty'),
  )
}

/** The button that was pressed is gone: what stands in its place takes the focus, unless somebody writes meanwhile. */
function takeLostFocus(link: HTMLAnchorElement | null): void {
  if (document.activeElement === document.body) link?.focus()
}

function Discard({ discard }: { discard: () => void }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={controls.button} onClick={() => setOpen(true)}>
        {t('discard')}
      </button>
      <Sheet
        open={open}
        onOpen={setOpen}
        title={t('discard_title')}
        actions={
          <button
            type="button"
            className={`${controls.button} ${controls.danger}`}
            onClick={() => {
              setOpen(false)
              discard()
            }}
          >
            {t('discard')}
          </button>
        }
      >
        <p className={text.soft}>{t('discard_words')}</p>
      </Sheet>
    </>
  )
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

function saveWords(state: SaveState, partly: boolean): string {
  if (state.kind === 'typing' || state.kind === 'saving') return t('saving')
  if (state.kind === 'overtaken' || state.kind === 'failed') return t('not_saved')
  if (partly) return t('draft_saved_partly')
  return state.at ? t('draft_saved_at', { time: timeOfDay(state.at.toISOString(), zone) }) : t('draft_saved')
}

function publicWords(first: boolean, changed: number): string {
  if (first) return t('nothing_public_yet')
  return changed === 0 ? t('all_public') : t('changes_not_public', { count: changed })
}
