import { z } from 'zod'

/** A language tag such as `en` or `pt-BR` (BCP 47), in its canonical spelling. */
export const Language = z
  .string()
  .max(35)
  .transform((tag, context) => {
    try {
      return Intl.getCanonicalLocales(tag)[0]!
    } catch {
      context.addIssue({ code: 'custom', message: 'Use a language tag such as en or de-CH.' })
      return z.NEVER
    }
  })
