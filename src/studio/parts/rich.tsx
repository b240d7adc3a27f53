import type { ReactNode } from 'react'

// A value may hold a `<`: it is put aside while the marks of the text itself are read.
const ASIDE = '\uE000'
export const aside = (value: string) => value.replaceAll('<', ASIDE)
const back = (text: string) => text.replaceAll(ASIDE, '<')

/**
 * A text with `<b>…</b>` and `<a>…</a>` in it, as elements. Values with a `<` go through `aside` first.
 * @param link makes the element of `<a>…</a>`
 */
export function Rich({ text, link }: { text: string; link?: (words: string) => ReactNode }) {
  const pieces = text.split(/(<b>.*?<\/b>|<a>.*?<\/a>)/g).filter(Boolean)
  return pieces.map((piece, index) => {
    const words = back(piece.replace(/^<[ab]>|<\/[ab]>$/g, ''))
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
    if (piece.startsWith('<b>')) return <b key={index}>{words}</b>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
    if (piece.startsWith('<a>')) return <span key={index}>{link ? link(words) : words}</span>
    return words
  })
}
