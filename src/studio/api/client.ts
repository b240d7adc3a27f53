import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './request.ts'

/** A refusal is final; a server that is away is asked again. */
export const worthAnotherTry = (error: Error) =>
  !(error instanceof ApiProblem) || error.status === 0 || error.status === 429 || error.status >= 500

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => worthAnotherTry(error) && failures < 2,
      staleTime: 1_000,
      refetchOnWindowFocus: 'always',
      // a browser that thinks it is offline may be wrong; the live question says what is true
      networkMode: 'always',
    },
  },
})

/** Polling pauses while the page is hidden: TanStack Query does so unless told otherwise. */
export const EVERY = {
  /** who is here, and whether anything was heard: figures must change within 2 s of a received beat, saving included */
  live: 1_000,
  /** what can change unheard: opens, leads, links, figures by a verdict in another tab */
  rest: 10_000,
} as const
