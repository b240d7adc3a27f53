// The renderer of the owner's Markdown. Plain JavaScript, because it runs in a thread of its own (markdown_thread.js):
// Node cannot start a worker thread from TypeScript.
import { createMarkdownExit } from 'markdown-exit'
import footnotes from 'markdown-it-footnote'

/** What a link may lead to; an address without a scheme stays on this site. */
const LINKS = /^(https?|mailto|tel)$/
const PICTURES = /^https?$/

/**
 * The address itself where its scheme may be used, else nothing. A scheme is what stands before a colon, unless a slash,
 * question mark or hash comes first.
 * @param {string} address
 * @param {RegExp} schemes
 */
function allowed(address, schemes) {
  const scheme = /^([^/?#]*?):/.exec(address)?.[1]
  return scheme === undefined || schemes.test(scheme.toLowerCase()) ? address : ''
}

const markdown = createMarkdownExit({ html: false, linkify: true, xhtmlOut: true }).use(footnotes)
// The rules below refuse addresses: a refused link keeps its words.
markdown.validateLink = () => true
const { rules } = markdown.renderer

rules.link_open = (tokens, at, options, _env, self) => {
  const token = tokens[at]
  token.attrSet('href', allowed(token.attrGet('href') ?? '', LINKS))
  return self.renderToken(tokens, at, options)
}

rules.image = (tokens, at, options, env, self) => {
  const token = tokens[at]
  token.attrSet('src', allowed(token.attrGet('src') ?? '', PICTURES))
  token.attrSet('alt', self.renderInlineAsText(token.children ?? [], options, env))
  return self.renderToken(tokens, at, options)
}

rules.s_open = () => '<del>'
rules.s_close = () => '</del>'

// The content security policy of the pages allows no style attribute.
rules.th_open = rules.td_open = (tokens, at, options, _env, self) => {
  const token = tokens[at]
  const align = /text-align:(\w+)/.exec(token.attrGet('style') ?? '')?.[1]
  if (align) token.attrs = [['align', align]]
  return self.renderToken(tokens, at, options)
}

// Footnotes are marked up as GitHub does, which is what src/pages/prose.ts fits into its page.
/** @param {{meta: {id: number, subId: number}}} token */
const nameOf = ({ meta }) => `${meta.id + 1}${meta.subId > 0 ? `-${meta.subId + 1}` : ''}`
rules.footnote_ref = (tokens, at) => {
  const number = tokens[at].meta.id + 1
  return `<sup><a href="#user-content-fn-${number}" id="user-content-fnref-${nameOf(tokens[at])}" data-footnote-ref="" aria-describedby="footnote-label">${number}</a></sup>`
}
rules.footnote_block_open = () =>
  '<section data-footnotes="" class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2>\n<ol>\n'
rules.footnote_block_close = () => '</ol>\n</section>\n'
rules.footnote_open = (tokens, at) => `<li id="user-content-fn-${tokens[at].meta.id + 1}">\n`
rules.footnote_anchor = (tokens, at) =>
  ` <a href="#user-content-fnref-${nameOf(tokens[at])}" data-footnote-backref="" aria-label="Back to reference ${nameOf(tokens[at])}" class="data-footnote-backref">↩</a>`

// "- [x] done" is a task: a box that shows its state and cannot be changed.
markdown.core.ruler.after('inline', 'tasks', state => {
  state.tokens.forEach((token, at) => {
    const task = /^\[([ xX])\] /.exec(token.content)
    const first = token.children?.[0]
    if (!task || first?.type !== 'text' || state.tokens[at - 2]?.type !== 'list_item_open') return
    first.content = first.content.slice(4)
    const box = new state.Token('html_inline', '', 0)
    box.content = `<input type="checkbox" disabled=""${task[1] === ' ' ? '' : ' checked=""'} /> `
    token.children.unshift(box)
  })
})

/**
 * Markdown to HTML that cannot run script: raw HTML is shown as text, and links and pictures keep only schemes that are
 * allowed here.
 * @param {string} text
 * @returns {string}
 */
export function renderMarkdown(text) {
  return markdown.render(text).trimEnd()
}
