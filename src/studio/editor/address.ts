/** As OutsideUrl of the contract, which would bring the schema library along. */
const OUTSIDE = /^(https?:\/\/|mailto:|tel:)\S+$/i
/** `example.com/a`, with a port or without. */
const HOST = /^[^\s/:@?#.]+(\.[^\s/:@?#.]+)*\.[^\s/:@?#.\d]{2,}(:\d{1,5})?([/?#]\S*)?$/
const MAIL = /^[^\s/:@?#]+@[^\s/:@?#.]+(\.[^\s/:@?#.]+)+$/

/** What was typed, as a whole address where it can be one: `example.com` is `https://example.com`. */
export function wholeAddress(typed: string): string {
  const text = typed.trim()
  if (HOST.test(text)) return `https://${text}`
  return MAIL.test(text) ? `mailto:${text}` : text
}

/** Whether a link may lead there. */
export const isAddress = (text: string): boolean => OUTSIDE.test(text)
