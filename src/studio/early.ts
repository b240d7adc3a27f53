/** How each question of the studio API is asked; the same here and in `api/request.ts`. */
export const ASKED = { credentials: 'same-origin', headers: { Accept: 'application/json' } } as const

/** Who is logged in: the one question that a stranger may ask too. */
export const WHO = '/api/auth/get-session'

const answers = new Map<string, Promise<Response>>()

/**
 * Asks while the studio's code is still on its way: on a slow phone the answers are there when the code is (a question
 * takes 562 ms on Slow 4G). What a stranger asks is refused, and each refusal would stand in the console as an error.
 * @param login whether the page came with a login (src/http/studio.ts)
 */
export function askEarly(addresses: string[], login: boolean): void {
  for (const address of login ? [WHO, ...addresses] : [WHO]) {
    const answer = fetch(address, ASKED)
    answer.catch(() => {}) // whoever takes it hears of the failure
    answers.set(address, answer)
  }
}

/** The answer to an early question, once; whoever asks again asks the server. */
export function takeEarly(address: string): Promise<Response> | undefined {
  const answer = answers.get(address)
  answers.delete(address)
  return answer
}
