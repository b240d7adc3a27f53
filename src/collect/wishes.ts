/** What the reader asked for, as far as the request says it. */
export interface Wishes {
  /** the browser asks not to be followed (GPC, DNT): no cookie, no hash */
  private: boolean
  /** the reader's own opt-out: nothing is recorded */
  out: boolean
}

/**
 * The tracker itself sends nothing after an opt-out; a request that arrives all the same (a page open since before, a
 * foreign client) is answered like any other and recorded nowhere, so that the reader's word holds without the script's help.
 */
export function wishesOf(headers: Headers): Wishes {
  return {
    private: headers.get('sec-gpc') === '1' || headers.get('dnt') === '1',
    out: /(?:^|;\s*)pb_out=(?!0?(?:;|$))/.test(headers.get('cookie') ?? ''),
  }
}
