import type { ProblemName } from '../contract/problem.ts'
import { Refusal } from '../gate/problem.ts'

/**
 * Runs what may fail on purpose, such as a slug that is taken, and says so to the client.
 * @param refusals SQLSTATE to refusal
 */
export async function refuseSqlstate<T>(
  refusals: Record<string, readonly [ProblemName, string]>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const known = refusals[(error as { code?: string }).code ?? '']
    if (known) throw new Refusal(...known)
    throw error
  }
}

export const UNIQUE_VIOLATION = '23505'
export const FOREIGN_KEY_VIOLATION = '23503'
/** invalid_parameter_value: among others, an unknown time zone */
export const INVALID_PARAMETER = '22023'

/** No two links of anybody have one address. */
export const SLUG_TAKEN = {
  [UNIQUE_VIOLATION]: ['conflict', 'This address is taken. Choose another one.'],
} as const satisfies Parameters<typeof refuseSqlstate>[0]
