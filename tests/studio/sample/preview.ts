import type { Pages } from '../../../src/contract/shapes.ts'

/** A plain stand-in for the preview of the summary page, which src/pages renders. */
export function previewPage({ summary, look }: Pages): string {
  const results = summary.results
    .map(one => `<div><dt>${one.figure}</dt><dd>${one.text.replace('&', '&amp;')}</dd></div>`)
    .join('')
  const body = summary.body
    .split('\n\n')
    .map(text => `<p class="body">${text}</p>`)
    .join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Preview</title><style>
    body { margin: 0; max-width: 640px; padding: 32px 24px; font: 17px/28px Georgia, "Liberation Serif", serif; color: #1d1b18; background: #fffefb; }
    .for { margin: 0; font: 13px/20px Inter, sans-serif; color: #6d675d; } h2 { margin: 4px 0 0; font-size: 28px; line-height: 36px; }
    .sentence { margin: 12px 0 0; font-size: 19px; } dl { margin: 24px 0 0; border-top: 1px solid #e7e3db; }
    dl div { display: grid; grid-template-columns: 88px 1fr; gap: 12px; padding: 10px 0; border-bottom: 1px solid #e7e3db; align-items: baseline; }
    dt { font-weight: 600; font-size: 20px; color: ${look.accent}; white-space: nowrap; } dd { margin: 0; font-size: 15px; line-height: 24px; color: #3d3a34; text-wrap: balance; }
    .body { margin: 20px 0 0; }</style>
    <p class="for">For ${summary.for_whom}</p><h2>${summary.name}</h2><p class="sentence">${summary.sentence}</p><dl>${results}</dl>${body}`
}
