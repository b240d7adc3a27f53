import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { t } from '../texts.ts'
import { Choice } from './choice.tsx'
import controls from './controls.module.css'
import css from './list_bar.module.css'
import type { Sorting } from './use_sorting.ts'

/** From this many rows on, a list can be searched. */
const SEARCHED_FROM = 10
/** Long enough that a word is one question, short enough that nobody waits for it. */
const PAUSE_MS = 250

interface ListBarProps<Name extends string> {
  /** what is searched, for who cannot see where the field stands */
  label: string
  /** how many rows there are; the field appears from ten on */
  rows: number
  sorting?: Sorting<Name>
  /** what can be sorted by, in words; on phones, where the head of the table is not shown */
  names?: Partial<Record<Name, string>>
  /** shows the order on wide screens as well, where the list is no table */
  always?: boolean
}

/** Above a list: the search field, and on phones the order. Both are kept in the address. */
export function ListBar<Name extends string>({ label, rows, sorting, names, always }: ListBarProps<Name>) {
  const [search] = useSearchParams()
  const long = rows >= SEARCHED_FROM || search.has('q')
  if (!long) return null
  return (
    <div className={css.bar}>
      <SearchField label={label} />
      {sorting && names && (
        <Choice
          className={always ? controls.end : css.order}
          aria-label={t('sort_by')}
          value={sorting.sort}
          onChange={event => sorting.choose(event.target.value as Name)}
        >
          {(Object.entries(names) as Array<[Name, string]>).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </Choice>
      )}
    </div>
  )
}

function SearchField({ label }: { label: string }) {
  const [search, setSearch] = useSearchParams()
  const there = search.get('q') ?? ''
  const [written, setWritten] = useState(there)
  // Back and links change the address without the field.
  useEffect(() => setWritten(there), [there])
  useEffect(() => {
    const q = written.trim()
    if (q === there.trim()) return
    const timer = setTimeout(
      () =>
        setSearch(
          before => {
            const next = new URLSearchParams(before)
            next.delete('rows')
            if (q) next.set('q', q)
            else next.delete('q')
            return next
          },
          { replace: true },
        ),
      PAUSE_MS,
    )
    return () => clearTimeout(timer)
  }, [written, there, setSearch])
  return (
    <label className={css.search}>
      <Search size={16} aria-hidden />
      <input
        className={controls.input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={written}
        maxLength={200}
        onChange={event => setWritten(event.target.value)}
      />
    </label>
  )
}
