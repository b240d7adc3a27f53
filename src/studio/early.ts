/** How each question of the studio API is asked; the same here and in `api/request.ts`. */
export const ASKED = { credentials: 'same-origin', headers: { Accept: 'application/json' } } as const

/** Who is logged in: the one question that a stranger may ask too. */
export const WHO = '/api/auth/get-session'

type Answer = Promise<Response | undefined>
const answers = new Map<string, Answer>()

/**
 * Asks while the studio's code is still on its way: on a slow phone the answers are there when the code is (a question
 * takes 562 ms on Slow 4G). All but the first wait for who is logged in: what a stranger asks is refused, and each
 * refusal would stand in the console as an error.
 */
export function askEarly(addresses: string[]): void {
  const who = fetch(WHO, ASKED)
  const known = who.then(answer => answer.clone().json())
  const keep = (address: string, answer: Answer) => {
    answer.catch(() => {}) // whoever takes it hears of the failure
    answers.set(address, answer)
  }
  keep(WHO, who)
  for (const address of addresses)
    keep(
      address,
      known.then(login => (login ? fetch(address, ASKED) : undefined)),
    )
}

/** The answer to an early question, once; whoever asks again, or asked as a stranger, asks the server. */
export function takeEarly(address: string): Answer | undefined {
  const answer = answers.get(address)
  answers.delete(address)
  return answer
}
