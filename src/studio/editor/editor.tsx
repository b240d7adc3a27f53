import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Campaign, Pages } from '../../contract/shapes.ts'
import { PAGES, type Page } from '../../contract/words.ts'
import { written } from '../../contract/written.ts'
import { useCampaign } from '../api/campaigns.ts'
import { ApiProblem } from '../api/request.ts'
import { pageName } from '../format/names.ts'
import controls from '../parts/controls.module.css'
import { Link } from '../parts/link.tsx'
import text from '../parts/text.module.css'
import { useTitle } from '../parts/title.ts'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { Missing } from '../screens/missing.tsx'
import { SampleNote } from '../screens/sample_note.tsx'
import { t } from '../texts.ts'
import { CampaignSettings } from './campaign_settings.tsx'
import { CaseStudiesFields } from './case_studies_fields.tsx'
import { changes } from './changes.ts'
import { Conflict } from './conflict.tsx'
import { ContactFields } from './contact_fields.tsx'
import css from './editor.module.css'
import { toForm, toPages } from './form.ts'
import type { OpenDraft } from './open_draft.ts'
import { useDraft, useOpenDraft } from './open_drafts.ts'
import { Preview } from './preview.tsx'
import { PublishBar } from './publish_bar.tsx'
import { SummaryFields } from './summary_fields.tsx'
import { WordsBack } from './words_back.tsx'

/** Writing the three pages, with what a reader sees beside it. */
export default function EditorScreen({ id }: { id: string }) {
  const campaign = useCampaign(id)
  useTitle(campaign.data?.title)
  if (campaign.error instanceof ApiProblem && [400, 404].includes(campaign.error.status)) return <Missing />
  if (campaign.error && !campaign.data) {
    return <Trouble error={campaign.error} retry={() => void campaign.refetch()} />
  }
  if (!campaign.data) return <WaitingPanel lines={10} height={28} />
  return <Opening campaign={campaign.data} />
}

/** Waits for the moment in which this browser looks for words that were left unsaved. */
function Opening({ campaign }: { campaign: Campaign }) {
  const draft = useOpenDraft(campaign)
  if (!draft) return <WaitingPanel lines={10} height={28} />
  return <Editor campaign={campaign} draft={draft} />
}

function Editor({ campaign, draft }: { campaign: Campaign; draft: OpenDraft }) {
  const [search] = useSearchParams()
  const page = PAGES.find(one => one === search.get('page')) ?? 'summary'
  const { form, version, state } = useDraft(draft)
  const [show, setShow] = useState<'write' | 'preview'>('write')
  const { pages, issues } = toPages(form)
  const changed = changes(pages, campaign.published)
  const { change } = draft
  const discard = () => campaign.published && change(toForm(campaign.published))
  return (
    <>
      <PublishBar campaign={campaign} draft={draft} changed={changed.all} discard={discard} />
      <SampleNote campaign={campaign} />
      {state.kind === 'overtaken' ? (
        <Conflict draft={draft} theirs={state.theirs} />
      ) : (
        <WordsBack draft={draft} />
      )}
      <fieldset className={`${controls.choice} ${css.switch}`}>
        <legend className={text.hidden}>{t('show')}</legend>
        {(['write', 'preview'] as const).map(one => (
          <label key={one}>
            <input type="radio" name="show" checked={show === one} onChange={() => setShow(one)} />
            {one === 'write' ? t('write') : t('preview')}
          </label>
        ))}
      </fieldset>
      <div className={css.editor} data-show={show}>
        <div className={css.write}>
          <nav className={css.pages} aria-label={t('pages')}>
            {PAGES.map(one => (
              <Link key={one} query={{ page: one }} aria-current={one === page ? 'page' : undefined}>
                {pageName(one)}
                <small>{stand(pages, one, changed[one] > 0)}</small>
              </Link>
            ))}
          </nav>
          <div className={`${controls.form} ${css.form}`}>
            {page === 'summary' && <SummaryFields form={form} change={change} />}
            {page === 'case_studies' && (
              <CaseStudiesFields form={form} issues={issues} change={change} campaign={campaign.id} />
            )}
            {page === 'contact' && <ContactFields form={form} issues={issues} change={change} />}
          </div>
        </div>
        <Preview
          campaign={campaign.id}
          page={page}
          version={version}
          title={campaign.title}
          shown={show === 'preview'}
        />
      </div>
      <CampaignSettings campaign={campaign} />
    </>
  )
}

/** Where a page stands, in a word or two. */
function stand(pages: Pages, page: Page, changed: boolean): string {
  const words = {
    empty: t('page_empty'),
    begun: t('page_begun'),
    complete: t('page_complete'),
  }[written(pages, page)]
  const count =
    page === 'case_studies' && pages.case_studies.length > 0 ? `${pages.case_studies.length}, ` : ''
  return count + (changed ? t('page_changed') : words)
}
