import { Check, CircleDashed } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Campaign, Reconcile } from '../../contract/shapes.ts'
import { PAGES } from '../../contract/words.ts'
import { written } from '../../contract/written.ts'
import { useCampaignChanges } from '../api/campaigns.ts'
import { useFirstLinks } from '../api/links.ts'
import { useRecentSessions } from '../api/sessions.ts'
import { listOfPages } from '../format/names.ts'
import { dayWord, timeOfDay } from '../format/when.ts'
import { Hidden } from '../parts/hidden.tsx'
import { MineCode } from '../parts/mine_code.tsx'
import { Panel } from '../parts/panel.tsx'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './share.module.css'

interface ChecklistProps {
  campaign: Campaign
  zone: string
  /** of all time */
  everything: Reconcile
}

/** What to do before the link is sent. Each step is ticked by itself; the list goes when the first reader was Actual. */
export function Checklist({ campaign, zone, everything }: ChecklistProps) {
  const { id } = campaign
  const link = useFirstLinks(id).data?.items.find(one => one.off_at === null)
  const own = useRecentSessions(id, { verdict: 'owner', flag: 'actual,engaged' }, 1).data ?? []
  const marked = everything.reasons.some(one => one.reason === 'owner_device' && one.sessions + one.opens > 0)
  const { change } = useCampaignChanges(id)
  return (
    <Panel
      title={t('before_you_send')}
      aside={
        <button
          type="button"
          className={`${text.plain} ${text.link} ${text.small}`}
          data-plain
          disabled={change.isPending}
          onClick={() => change.mutate({ checklist_hidden: true })}
        >
          {t('put_checklist_away')}
        </button>
      }
    >
      {change.error && (
        <p className={text.warn} role="alert">
          {change.error.message}
        </p>
      )}
      <ul className={css.checks}>
        <Step done words={publishedWords(campaign, zone)} />
        <Step done={own.length > 0} words={t('open_yourself')}>
          {link && (
            <a className={text.link} href={link.url} target="_blank" rel="noreferrer">
              {t('open_it')}
            </a>
          )}
        </Step>
        <Step done={marked} words={t('mark_phone')}>
          <MineCode />
        </Step>
        <Step done={false} words={t('first_reader')} />
      </ul>
    </Panel>
  )
}

function Step({ done, words, children }: { done: boolean; words: string; children?: ReactNode }) {
  return (
    <li data-done={done}>
      {done ? <Check className={css.tick} size={16} aria-hidden /> : <CircleDashed size={16} aria-hidden />}
      <span className={done ? css.done : undefined}>
        <Hidden>{done ? t('step_done') : t('step_open')} </Hidden>
        {words}
      </span>
      <span>{children}</span>
    </li>
  )
}

function publishedWords({ published, published_at }: Campaign, zone: string): string {
  const at = { day: dayWord(published_at!, zone), time: timeOfDay(published_at!, zone) }
  const empty = PAGES.filter(page => published && written(published, page) === 'empty')
  return empty.length === 0
    ? t('published_check', at)
    : t('published_check_empty', { ...at, pages: listOfPages(empty) })
}
