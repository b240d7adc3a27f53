import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Invitation, Invitations, Me, NewToken, Setup, Token } from '../../contract/shapes.ts'
import { WHO } from '../early.ts'
import { endDeletions } from '../undo.ts'
import { accountHere, goOn, loggedIn, loggedInAgain, startAfresh } from './login.ts'
import { type Asked, get, remove, request } from './request.ts'

/**
 * Who is logged in; null where nobody is. The login library's own route prolongs the login, and answers 200 to a
 * stranger too: a 401 would stand as an error in the console of everybody who is about to log in.
 */
async function askWho(): Promise<Me | null> {
  const login = await request<{ user: Me } | null>('GET', WHO)
  if (login) await loggedIn(login.user.id)
  return login?.user ?? null
}

/** The owner of this studio. Once there is one, an expired login does not take the screen away: the owner is asked. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: async (): Promise<Me | null> => {
      const me = await askWho()
      if (me || accountHere() === null) return me
      await loggedInAgain()
      return askWho()
    },
    staleTime: 60_000,
  })
}

export function useSetup(enabled: boolean) {
  return useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }: Asked) => get<{ needs_owner: boolean }>('/api/setup', signal),
    enabled,
  })
}

/** Forgets everything of the person before, then asks who is there. */
function useFreshStart() {
  const client = useQueryClient()
  return async () => {
    client.removeQueries({ predicate: one => one.queryKey[0] !== 'me' && one.queryKey[0] !== 'setup' })
    await client.invalidateQueries({ queryKey: ['setup'] })
    await client.invalidateQueries({ queryKey: ['me'] })
  }
}

export function useMakeOwner() {
  const fresh = useFreshStart()
  return useMutation({
    mutationFn: (body: Setup) => request<unknown>('POST', '/api/setup', body),
    onSuccess: fresh,
  })
}

export function useLogIn() {
  const fresh = useFreshStart()
  return useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      request<unknown>('POST', '/api/auth/sign-in/email', body),
    onSuccess: () => (accountHere() === null ? fresh() : goOnIfLoggedIn()),
  })
}

/** Goes on with what was refused if somebody logged in meanwhile, here or in another tab. */
export async function goOnIfLoggedIn(): Promise<void> {
  if (await askWho()) goOn()
}

export function useLogOut() {
  return useMutation({
    /** `last` is done between the end of the login and the end of this document. */
    mutationFn: async (last?: () => Promise<void>) => {
      await endDeletions()
      await request<unknown>('POST', '/api/auth/sign-out', {})
      await last?.()
    },
    onSuccess: startAfresh,
  })
}

export function useRename() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => request<Me>('PATCH', '/api/me', { name }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  })
}

export function useInvitationsOpen(): boolean {
  const answer = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }: Asked) => get<Invitations>('/api/invitations', signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return answer.data?.open ?? false
}

export function useInvite() {
  return useMutation({ mutationFn: () => request<Invitation>('POST', '/api/invitations', {}) })
}

export function useTokens() {
  return useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }: Asked) =>
      get<{ items: Token[] }>('/api/tokens', signal).then(answer => answer.items),
  })
}

export function useTokenChanges() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['tokens'] })
  return {
    make: useMutation({
      mutationFn: (body: Pick<Token, 'name' | 'scope'>) => request<NewToken>('POST', '/api/tokens', body),
      onSuccess,
    }),
    remove: (id: string, leaving: boolean) => remove(`/api/tokens/${id}`, leaving).then(onSuccess),
  }
}
