import { z } from 'zod'

/** One value of a query or several with commas between: `flag=actual,engaged` */
export const someOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .max(200)
    .transform(text => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()
