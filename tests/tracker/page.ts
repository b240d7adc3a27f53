import type { Collector } from './collector.ts'

export interface PageSettings {
  window: 'sliding' | 'fixed'
  ms: number
  maxMs: number
  idleMs: number
  /** more for the head, before the tracker */
  head: string
}

const PAGES: Record<string, string> = {
  '': 'summary',
  '/case-studies': 'case_studies',
  '/contact': 'contact',
}
const text = '<p>Words to read, a few lines of them, as a campaign has.</p>'.repeat(6)

/** The pages of the harness: the three of a campaign, an embedding site, and what stands in a cross-origin frame. */
export function pageHtml(path: string, { script, settings, origin, foreign }: Collector): string | undefined {
  if (path === '/pb.js') return script
  if (path === '/frame') return `<!doctype html><body>${text}<button>inside</button>`
  if (path === '/elsewhere') return `<!doctype html><title>elsewhere</title>${settings.head}<body>${text}`
  const tracker = (page: string) =>
    `<script defer src="/pb.js" data-ticket="ticket" data-api="${page ? '' : origin}/p/demo" data-name="pb_demo" data-cookie=";path=${page ? '/p/demo' : '/'};samesite=lax;secure;max-age=" data-window="${settings.window}"
      data-ms="${settings.ms}" data-max-ms="${settings.maxMs}" data-idle-ms="${settings.idleMs || Infinity}" ${page && `data-page="${page}"`}></script>`
  const html = (
    title: string,
    body: string,
    page = '',
  ) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:18px/1.5 serif;margin:0} section{min-height:90vh} iframe{width:300px;height:120px}</style>${settings.head}
<body>${body}${tracker(page)}`
  if (path.startsWith('/site'))
    return html(
      path,
      `<h1>Embedding site</h1>${text}<form data-pb-lead action="/elsewhere"><input name="email"><button id="send">Send it</button></form>
<a id="out" href="${foreign}/elsewhere">Elsewhere</a><button id="named" data-pb-event="brochure">Get the brochure</button>`,
    )
  const page = PAGES[path.replace('/p/demo', '')]
  if (!page || !path.startsWith('/p/demo')) return undefined
  return html(
    page,
    `<h1>${page}</h1><nav><a id="summary" href="/p/demo">Summary</a> <a id="next" href="/p/demo/case-studies"><b>Case <i id="nested">studies</i></b></a>
<a id="contact" href="/p/demo/contact">Contact</a></nav>${text}
<a id="external" href="${foreign}/elsewhere">The live  product</a> <a id="blank" target="_blank" href="${foreign}/elsewhere">New tab</a>
<button id="cta" data-pb-cta class="plausible-event-name=CTA">Book a call</button> <button id="plain">Nothing</button> <a id="mail" href="mailto:a@example.com">Write</a>
<iframe src="${foreign}/frame"></iframe>
<section data-pb-part="first"><h2>First</h2>${text}</section><section data-pb-part="second"><h2>Second</h2>${text}</section>`,
    page,
  )
}
