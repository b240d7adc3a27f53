import { t } from '../texts.ts'

interface Seen {
  device: string | null
  browser: string | null
  os: string | null
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** `Desktop · Chrome · macOS`, leaving out what is not known. */
export function device(seen: Seen): string {
  const known = [seen.device && capital(seen.device), seen.browser, seen.os].filter(Boolean)
  return known.length ? known.join(' · ') : t('unknown_device')
}
