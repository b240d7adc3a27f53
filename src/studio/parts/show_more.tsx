import { useEffect, useRef } from 'react'
import { useSearchParams } from 'wouter'
import type { List } from '../api/list.ts'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import css from './list_bar.module.css'

interface ShowMoreProps {
  list: List<unknown>
  /** name of the depth in the address, where a screen has two lists */
  name?: string
}

/**
 * Loads the next page of a list under the rows that are there. How many are shown is kept in the address, so a reload
 * shows as many. The focus stays on the button; when there is no next page it stays on the words in its place.
 */
export function ShowMore({ list, name = 'rows' }: ShowMoreProps) {
  const [search, setSearch] = useSearchParams()
  const { items, total, more } = list
  const shown = items?.length ?? 0
  const wanted = Number(search.get(name)) || 0
  const place = useRef<HTMLDivElement>(null)
  const pressed = useRef(false)
  const { next, busy, load } = more
  useEffect(() => {
    if (next && !busy && shown > 0 && shown < wanted) load()
  }, [next, busy, shown, wanted, load])
  useEffect(() => {
    if (next || !pressed.current) return
    pressed.current = false
    place.current?.focus({ preventScroll: true })
  }, [next])
  if (shown === 0 || (!next && list.pages < 2)) return null
  const press = () => {
    if (busy) return
    pressed.current = true
    load()
    setSearch(
      before => {
        const after = new URLSearchParams(before)
        after.set(name, String(shown + 1))
        return after
      },
      { replace: true },
    )
  }
  return (
    <div className={css.more} ref={place} tabIndex={-1}>
      {next && (
        <button
          type="button"
          className={`${controls.button} ${controls.quiet}`}
          aria-disabled={busy}
          onClick={press}
        >
          {t('show_more')}
        </button>
      )}
      <span role="status">
        {total === undefined
          ? t('rows_shown', { count: shown })
          : t('rows_shown_of', { count: shown, total })}
      </span>
    </div>
  )
}
