import type { ComponentProps } from 'react'
import { Link as RouteLink, useLocation, useSearch } from 'wouter'
import type { Address } from '../routes.ts'

/** What to change in the query of the address: null takes a name out, names that are not mentioned stay. */
export type Query = Record<string, string | null>

type LinkProps = Omit<ComponentProps<'a'>, 'href'> &
  ({ href: Address; query?: never } | { query: Query; href?: never })

/**
 * A link within the studio: to another screen (`href`), or to this one with another query (`query`). The router's own
 * link takes "?page=contact" for an address of its base, which is the list of campaigns.
 */
export function Link({ href, query = {}, ...rest }: LinkProps) {
  const path = usePath()
  const search = useSearch()
  const address = href ?? withQuery(path, search, query)
  // As in any page, a link to where one is makes no entry in the history: Back would seem to do nothing.
  return <RouteLink {...rest} href={address} replace={address === withQuery(path, search, {})} />
}

/** Opens a screen after something was done. */
export function useOpen(): (address: Address) => void {
  return useLocation()[1]
}

/** The address of the screen that is open, without its query. */
export function usePath(): string {
  return useLocation()[0]
}

function withQuery(path: string, search: string, query: Query): string {
  const all = new URLSearchParams(search)
  for (const [name, value] of Object.entries(query))
    if (value === null) all.delete(name)
    else all.set(name, value)
  return all.size > 0 ? `${path}?${all}` : path
}
