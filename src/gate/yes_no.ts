import { z } from 'zod'

/** `true` or `false` in a query; left out where both are wanted. */
export const yesNo = z
  .enum(['true', 'false'])
  .transform(word => word === 'true')
  .optional()
