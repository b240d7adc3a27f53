import { useSearchParams } from 'wouter'
import type { Campaign, Version, VersionItem } from '../../contract/shapes.ts'
import { PAGES } from '../../contract/words.ts'
import { useCampaign, useHistory, useVersion } from '../api/campaigns.ts'
import { ApiProblem } from '../api/request.ts'
import { pageName } from '../format/names.ts'
import { moment } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import frame from '../parts/frame.module.css'
import { Link, useOpen } from '../parts/link.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { ShowMore } from '../parts/show_more.tsx'
import text from '../parts/text.module.css'
import { useTitle } from '../parts/title.ts'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { Missing } from '../screens/missing.tsx'
import { t } from '../texts.ts'
import { differences } from './differences.ts'
import { DifferingText } from './differing_text.tsx'
import { toForm, toPages } from './form.ts'
import css from './history.module.css'
import type { OpenDraft } from './open_draft.ts'
import { bringBack, useDraft, useOpenDraft } from './open_drafts.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const KINDS = {
  draft: () => t('version_draft'),
  publication: () => t('version_publication'),
} satisfies Record<VersionItem['kind'], () => string>

/** What the pages were: each kept draft and publication, how it differs from what is public, and a way to have it back. */
export default function HistoryScreen({ id }: { id: string }) {
  const campaign = useCampaign(id)
  const versions = useHistory(id)
  useTitle(campaign.data && `${t('history')}, ${campaign.data.title}`)
  if (campaign.error instanceof ApiProblem && [400, 404].includes(campaign.error.status)) return <Missing />
  if (campaign.error && !campaign.data) {
    return <Trouble error={campaign.error} retry={() => void campaign.refetch()} />
  }
  if (versions.error && !versions.items) return <Trouble error={versions.error} retry={versions.again} />
  if (!campaign.data || !versions.items) return <WaitingPanel lines={10} height={28} />
  return (
    <>
      <div className={frame.top}>
        <div>
          <nav className={frame.crumb} aria-label={t('you_are_here')}>
            <Link href={`/campaigns/${id}/pages`}>← {t('pages')}</Link>
          </nav>
          <h1>{campaign.data.title}</h1>
          <p className={frame.about}>{t('history_words')}</p>
        </div>
      </div>
      <Versions campaign={campaign.data} list={versions} items={versions.items} />
    </>
  )
}

interface VersionsProps {
  campaign: Campaign
  list: ReturnType<typeof useHistory>
  items: VersionItem[]
}

function Versions({ campaign, list, items }: VersionsProps) {
  const [search] = useSearchParams()
  const chosen = search.get('version')
  const shown = chosen ?? items[0]?.id
  return (
    <div className={css.history} data-chosen={chosen !== null}>
      <Panel title={t('versions')} className={css.list}>
        {items.length === 0 && <Nothing>{t('no_version')}</Nothing>}
        <ol>
          {items.map(item => (
            <li key={item.id}>
              <Link query={{ version: item.id }} aria-current={item.id === shown ? 'true' : undefined}>
                {moment(item.at, zone)}
                <small data-kind={item.kind}>{KINDS[item.kind]()}</small>
              </Link>
            </li>
          ))}
        </ol>
        <ShowMore list={list} />
      </Panel>
      {shown && <Shown campaign={campaign} version={shown} />}
    </div>
  )
}

function Shown({ campaign, version }: { campaign: Campaign; version: string }) {
  const draft = useOpenDraft(campaign)
  const answer = useVersion(campaign.id, version)
  if (answer.error instanceof ApiProblem && [400, 404].includes(answer.error.status)) {
    return (
      <Panel title={t('version_draft')}>
        <Nothing>{t('no_such_version')}</Nothing>
        <Link className={controls.button} query={{ version: null }}>
          {t('all_versions')}
        </Link>
      </Panel>
    )
  }
  if (answer.error && !answer.data) {
    return <Trouble error={answer.error} retry={() => void answer.refetch()} />
  }
  if (!answer.data || !draft) return <WaitingPanel lines={6} height={28} />
  return <Compared campaign={campaign} version={answer.data} draft={draft} />
}

interface ComparedProps {
  campaign: Campaign
  version: Version
  draft: OpenDraft
}

/** Each field in which a version differs from what is public; from the draft, where nothing is public yet. */
function Compared({ campaign, version, draft }: ComparedProps) {
  const open = useOpen()
  const now = toPages(useDraft(draft).form).pages
  const isPublic = campaign.published !== null
  const fromDraft = differences(version.pages, now)
  const found = campaign.published ? differences(version.pages, campaign.published) : fromDraft
  const when = moment(version.at, zone)
  const back = () => {
    bringBack(draft, toForm(version.pages), t('brought_back', { when }))
    open(`/campaigns/${campaign.id}/pages`)
  }
  return (
    <Panel title={`${KINDS[version.kind]()}, ${when}`} className={css.compared}>
      <Link className={css.all} query={{ version: null }}>
        ← {t('all_versions')}
      </Link>
      <p className={text.soft}>{words(found.length > 0, isPublic)}</p>
      {PAGES.map(page => {
        const fields = found.filter(one => one.page === page)
        if (fields.length === 0) return null
        return (
          <section key={page} aria-label={pageName(page)}>
            <h3>{pageName(page)}</h3>
            {fields.map(one => (
              <div key={one.name} className={css.field} data-difference={one.name}>
                <h4>{one.label}</h4>
                <div>
                  <p className={css.name}>{t('in_this_version')}</p>
                  <DifferingText text={one.ours} other={one.theirs} />
                </div>
                <div>
                  <p className={css.name}>{isPublic ? t('public_now') : t('in_the_draft')}</p>
                  <DifferingText text={one.theirs} other={one.ours} />
                </div>
              </div>
            ))}
          </section>
        )
      })}
      {fromDraft.length > 0 && (
        <div className={css.back}>
          <button type="button" className={`${controls.button} ${controls.first}`} onClick={back}>
            {t('bring_back')}
          </button>
          <p className={text.soft}>{t('bring_back_words')}</p>
        </div>
      )}
    </Panel>
  )
}

function words(differs: boolean, isPublic: boolean): string {
  if (isPublic) return differs ? t('compared_with_public') : t('same_as_public')
  return differs ? t('compared_with_draft') : t('same_as_draft')
}
