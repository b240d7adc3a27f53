import type { ReactNode } from 'react'
import table from './table.module.css'
import type { Sorting } from './use_sorting.ts'

interface SortHeadProps<Name extends string> {
  sort: Name
  sorting: Sorting<Name>
  num?: boolean
  children: ReactNode
}

/** A column head that sorts by its column, and the other way round when pressed again. */
export function SortHead<Name extends string>({ sort, sorting, num, children }: SortHeadProps<Name>) {
  const here = sort === sorting.sort
  return (
    <th
      scope="col"
      className={num ? table.num : undefined}
      aria-sort={here ? (sorting.order === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button type="button" className={table.sort} onClick={() => sorting.choose(sort)}>
        {children}
        {here && <span aria-hidden="true">{sorting.order === 'asc' ? ' ↑' : ' ↓'}</span>}
      </button>
    </th>
  )
}
