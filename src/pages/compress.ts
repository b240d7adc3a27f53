import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

/**
 * Quality 4: a page of 17 kB becomes 5.3 kB in 0.8 ms; 5 saves another 8 % for twice the time. Uncompressed it would not
 * fit into the ten packets that a server may send at once, and cost a slow phone one more round trip before the first paint.
 */
const BROTLI = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 4,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
}

/**
 * A page in the best coding that its browser takes; over plain http browsers offer no brotli.
 * @param accepts the request's `Accept-Encoding`
 */
export async function compress(
  text: string,
  accepts = '',
): Promise<{ body: string | Uint8Array<ArrayBuffer>; coding: 'br' | 'gzip' | null }> {
  const offered = accepts.split(',').filter(one => !/;\s*q=0(\.0*)?\s*$/.test(one))
  const takes = (coding: string) => offered.some(one => one.trim().split(';')[0] === coding)
  if (takes('br')) return { body: new Uint8Array(await toBrotli(text, BROTLI)), coding: 'br' }
  if (takes('gzip')) return { body: new Uint8Array(await toGzip(text)), coding: 'gzip' }
  return { body: text, coding: null }
}
