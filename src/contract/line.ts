import { z } from 'zod'

/** A text on one line: what would break it becomes a space. */
export const onOneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim()

/** A name, a title or a label; a line break in one would end a header of a letter or a row of a list. */
export const Line = z.string().overwrite(onOneLine).max(200)
export const Name = Line.min(1)
