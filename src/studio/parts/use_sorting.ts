import { useSearchParams } from 'wouter'
import { type Order, readSought, type Sorts, type Sought } from '../format/sorting.ts'

export interface Sorting<Name extends string> extends Sought<Name> {
  /** Sorts by a column; by the same once more: the other way round. */
  choose(sort: Name): void
}

/** The order of a list, kept in the address; Back brings the order before. */
export function useSorting<Name extends string>(sorts: Sorts<Name>): Sorting<Name> {
  const [search, setSearch] = useSearchParams()
  const sought = readSought(search, sorts)
  const { names, standard, prefix = '' } = sorts
  const choose = (sort: Name) => {
    const turned: Order = sought.order === 'asc' ? 'desc' : 'asc'
    const order = sort === sought.sort ? turned : names[sort]
    setSearch(before => {
      const next = new URLSearchParams(before)
      next.delete(`${prefix}rows`)
      put(next, `${prefix}sort`, sort === standard ? null : sort)
      put(next, `${prefix}order`, order === names[sort] ? null : order)
      return next
    })
  }
  return { ...sought, choose }
}

function put(search: URLSearchParams, name: string, value: string | null): void {
  if (value === null) search.delete(name)
  else search.set(name, value)
}
