/**
 * The few files at the root of every site.
 *
 * robots.txt lets crawlers see `/p/`: only a page that may be fetched can say `noindex`.
 */
export const ROBOTS = `User-agent: *
Disallow: /studio
Disallow: /api/
Disallow: /internal/
Disallow: /mine/
`

/** That Global Privacy Control is honoured (https://www.w3.org/TR/gpc/#gpc-support-resource). */
export const GPC = { gpc: true, lastUpdate: '2026-11-24' }

/** The mark: a new, an actual and an engaged session. As SVG, which today's browsers take under any name. */
export const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect x="2.75" y="11.75" width="3.5" height="5.5" rx="1" fill="none" stroke="#8a8478" stroke-width="1.5"/><rect x="8" y="7" width="5" height="11" rx="1.5" fill="#56967d"/><rect x="14" y="2" width="5" height="16" rx="1.5" fill="#0f5a42"/></svg>`
