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
export function Link({ href, query, ...rest }: LinkProps) {
  const here = useAddressWith(query ?? {})
  return <RouteLink {...rest} href={href ?? here} />
}

/** Opens a screen after something was done. */
export function useOpen(): (address: Address) => void {
  return useLocation()[1]
}

/** The address of the screen that is open, without its query. */
export function usePath(): string {
  return useLocation()[0]
}

function useAddressWith(query: Query): string {
  const path = usePath()
  const search = new URLSearchParams(useSearch())
  for (const [name, value] of Object.entries(query))
    if (value === null) search.delete(name)
    else search.set(name, value)
  return search.size > 0 ? `${path}?${search}` : path
}
