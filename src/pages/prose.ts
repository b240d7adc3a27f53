import { t } from './texts.ts'

/**
 * The owner's Markdown was rendered when it was published, without knowing where it would stand. Here it is fitted into
 * its page. The patterns are exact because micromark's output is: text that looks like a tag arrives as `&lt;`.
 *
 * @param html from `renderMarkdown`
 * @param options.top level of the highest heading, one below the title it stands under
 * @param options.id keeps footnotes of several texts on one page apart
 * @param options.newTab for previews: the studio's frame stays where it is
 */
export function prose(html: string, options: { top: number; id: string; newTab?: boolean }): string {
  return imagesLater(
    codeBlocks(
      wideTables(outsideLinks(ownFootnotes(headings(html, options.top), options.id), options.newTab)),
    ),
  )
}

/** Whatever levels the owner used, the page's outline has no gap: the highest becomes `top`, the next one below it. */
function headings(html: string, top: number): string {
  const used = [...new Set([...html.matchAll(/<h([1-6])[ >]/g)].map(match => match[1]!))].sort()
  return html.replace(
    /<(\/?)h([1-6])(?=[ >])/g,
    (_, slash: string, level: string) => `<${slash}h${Math.min(top + used.indexOf(level), 6)}`,
  )
}

function ownFootnotes(html: string, id: string): string {
  return html
    .replace(/((?: id| href)="#?)user-content-/g, `$1${id}_`)
    .replace(/( id| aria-describedby)="footnote-label"/g, `$1="${id}_footnotes"`)
    .replace(/<h(\d) ([^>]*)class="sr-only"/g, '<h$1 $2class="away"')
}

function outsideLinks(html: string, newTab = false): string {
  return html.replace(/<a href="(?=https?:)/gi, `<a rel="noopener"${newTab ? ' target="_blank"' : ''} href="`)
}

/** A table of more than three columns, or with a word that fits no column, may be wider than a phone: it scrolls inside its own box, by keyboard too. */
function wideTables(html: string): string {
  return html.replace(/<table>[\s\S]*?<\/table>/g, table => {
    const columns = table.slice(0, table.indexOf('</tr>')).match(/<th[ >]/g)?.length ?? 0
    const words = table.replace(/<[^>]+>/g, ' ')
    return columns > 3 || /\S{25}/.test(words)
      ? `<div class="wide" role="group" aria-label="${t('table')}" tabindex="0">${table}</div>`
      : table
  })
}

/** Code keeps its lines: it scrolls inside its own box, by keyboard too. */
const codeBlocks = (html: string) =>
  html.replaceAll('<pre>', `<pre role="group" aria-label="${t('code')}" tabindex="0">`)

/** A picture whose address was refused is its text. */
function imagesLater(html: string): string {
  const shown = html.replace(/<img src="" alt="([^"]*)"[^>]*>/g, '$1')
  return shown.replaceAll(
    '<img src=',
    '<img loading="lazy" decoding="async" referrerpolicy="no-referrer" src=',
  )
}

/** Hosts that a text's pictures come from: they see the reader's address, so the privacy page names them. */
export function pictureHosts(...htmls: string[]): string[] {
  const sources = htmls.flatMap(html =>
    [...html.matchAll(/<img src="(https?:\/\/[^"]+)"/gi)].map(match => match[1]!),
  )
  return [...new Set(sources.flatMap(source => (URL.canParse(source) ? [new URL(source).host] : [])))].sort()
}
