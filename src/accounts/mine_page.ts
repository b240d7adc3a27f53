import type { Context } from 'hono'

const STYLE =
  'body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1.25rem;color-scheme:light dark}h1{font-size:1.4rem;line-height:1.25}'

/** A page of two sentences, for the device that scanned the code. */
export function minePage(
  c: Context,
  status: 200 | 409 | 410,
  title: string,
  words: string,
  button = '',
): Response {
  c.header('Cache-Control', 'no-store')
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  c.header('X-Robots-Tag', 'noindex')
  return c.html(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${words}</p>${button && `<form method="post"><button>${button}</button></form>`}</main></html>`,
    status,
  )
}
