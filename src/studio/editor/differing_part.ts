/**
 * Where a text differs from another: what both begin with, what is its own, what both end with. Cuts between words, so
 * that a letter within one does not stand alone.
 */
export function differingPart(text: string, other: string): [start: string, own: string, end: string] {
  const [a, b] = [text.split(/(\s+)/), other.split(/(\s+)/)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const last = a.length - end
  return [a.slice(0, start).join(''), a.slice(start, last).join(''), a.slice(last).join('')]
}
