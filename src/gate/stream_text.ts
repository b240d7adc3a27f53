/**
 * A body that is made while it is sent: the next piece is asked for when the last one is on its way. Where making it
 * fails, the connection is cut, so that nobody takes half an export for a whole one.
 */
export function streamText(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

/**
 * Reads a table page by page, each page in a short transaction of its own.
 * @param page reads the rows after one row, or the first ones
 */
export async function* pages<Row>(
  page: (after: Row | null) => Promise<Row[]>,
  size: number,
): AsyncGenerator<Row[]> {
  let after: Row | null = null
  for (;;) {
    const rows: Row[] = await page(after)
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    after = rows.at(-1)!
  }
}
