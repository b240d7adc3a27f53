/** The language the browser asks for first, such as `de-AT`; the tracker leaves it to this header, for 10 bytes. */
export function firstLanguage(headers: Headers): string | undefined {
  return /^[a-z]{2,3}(-[a-z\d]{1,8}){0,3}(?=[,;]|$)/i.exec(headers.get('accept-language') ?? '')?.[0]
}
