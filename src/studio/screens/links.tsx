import { type FormEvent, useId, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Campaign } from '../../contract/shapes.ts'
import { useLinkChanges, useLinks, useTitleShown } from '../api/links.ts'
import type { Sorts } from '../format/sorting.ts'
import controls from '../parts/controls.module.css'
import { Hidden } from '../parts/hidden.tsx'
import { ListBar } from '../parts/list_bar.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import { ShowMore } from '../parts/show_more.tsx'
import { SortHead } from '../parts/sort_head.tsx'
import table from '../parts/table.module.css'
import { ROW, ROWS, TABLE } from '../parts/table_roles.ts'
import { Trouble } from '../parts/trouble.tsx'
import { type Sorting, useSorting } from '../parts/use_sorting.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { t } from '../texts.ts'
import { LinkLine } from './link_line.tsx'
import css from './links.module.css'
import { TitleShown } from './title_shown.tsx'

/** At most this many labels go into one request. */
const LABELS_MAX = 200

const SORTS = {
  names: { created: 'desc', label: 'asc', last_read: 'desc', time: 'desc' },
  standard: 'created',
} as const satisfies Sorts<string>
type Name = keyof typeof SORTS.names

/** Share links: one for each recipient, so that the owner knows who read. */
export default function LinksScreen({ campaign, zone }: { campaign: Campaign; zone: string }) {
  const sorting = useSorting(SORTS)
  const { q, sort, order } = sorting
  const list = useLinks(campaign.id, { q, sort, order })
  const shown = useTitleShown(campaign.id)
  if (list.error && !list.items) return <Trouble error={list.error} retry={list.again} />
  if (!list.items) return <WaitingPanel lines={5} height={40} />
  return (
    <>
      <TitleShown campaign={campaign.id} count={shown} />
      <NewLinks campaign={campaign.id} />
      <Panel title={t('links')} aside={campaign.published_at === null ? t('links_not_public') : ''}>
        <ListBar label={t('search_links')} rows={list.total ?? 0} sorting={sorting} names={names()} />
        {list.items.length === 0 ? (
          <Nothing>{q ? t('nothing_found', { q }) : t('no_links')}</Nothing>
        ) : (
          <table className={`${table.table} ${table.folds} ${css.links}`} {...TABLE}>
            <Head sorting={sorting} />
            <tbody {...ROWS}>
              {list.items.map(link => (
                <LinkLine key={link.id} campaign={campaign.id} link={link} zone={zone} />
              ))}
            </tbody>
          </table>
        )}
        <ShowMore list={list} />
      </Panel>
    </>
  )
}

const names = (): Record<Name, string> => ({
  created: t('sort_newest'),
  label: t('recipient'),
  last_read: t('last_read'),
  time: t('time'),
})

function Head({ sorting }: { sorting: Sorting<Name> }) {
  return (
    <thead {...ROWS}>
      <tr {...ROW}>
        <SortHead sort="label" sorting={sorting}>
          {t('recipient')}
        </SortHead>
        <SortHead sort="time" sorting={sorting} num>
          {t('time')}
        </SortHead>
        <SortHead sort="last_read" sorting={sorting} num>
          {t('last_read')}
        </SortHead>
        <SortHead sort="created" sorting={sorting} num>
          {t('made')}
        </SortHead>
        <th scope="col">
          <Hidden>{t('what_to_do')}</Hidden>
        </th>
      </tr>
    </thead>
  )
}

/** Labels, one a line: a link is made for each. */
function NewLinks({ campaign }: { campaign: string }) {
  const id = useId()
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const [, setSearch] = useSearchParams()
  const { make } = useLinkChanges(campaign)
  const made = () => {
    setText('')
    // The button is off now; without this the focus would fall to the page.
    field.current?.focus()
    // The newest stand on top of the list as it is untouched: there what was made can be seen.
    setSearch(new URLSearchParams(), { replace: true })
  }
  const labels = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (labels.length > 0) make.mutate({ labels }, { onSuccess: made })
  }
  return (
    <Panel title={t('make_links')}>
      <form className={css.make} onSubmit={send}>
        <div className={controls.field}>
          <label htmlFor={id}>{t('who_are_they_for')}</label>
          <textarea
            className={controls.input}
            id={id}
            ref={field}
            rows={3}
            value={text}
            placeholder={t('labels_example')}
            onChange={event => setText(event.target.value)}
          />
          <span className={controls.hint}>{t('labels_hint')}</span>
        </div>
        {labels.length > LABELS_MAX && (
          <p className={controls.wrong} role="alert">
            {t('too_many_labels', { count: LABELS_MAX })}
          </p>
        )}
        <p className={css.made} role="status">
          {make.isSuccess && labels.length === 0 && t('links_made', { count: make.variables.labels.length })}
        </p>
        {make.error && (
          <p className={controls.wrong} role="alert">
            {make.error.message}
          </p>
        )}
        <button
          type="submit"
          className={`${controls.button} ${controls.first}`}
          disabled={labels.length === 0 || labels.length > LABELS_MAX || make.isPending}
        >
          {labels.length > 1 ? t('make_n_links', { count: labels.length }) : t('make_link')}
        </button>
      </form>
    </Panel>
  )
}
