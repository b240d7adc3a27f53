import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { t } from '../texts.ts'
import css from './controls.module.css'
import text from './text.module.css'

/** Writes to the clipboard; where the browser gives none (plain http) or refuses, a selection and the old command do it. */
export async function copyText(value: string): Promise<void> {
  if (navigator.clipboard) {
    try {
      return await navigator.clipboard.writeText(value)
    } catch {} // refused: the old command needs no permission
  }
  const field = document.createElement('textarea')
  field.value = value
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}

interface CopyProps {
  value: string
  children?: ReactNode
  /** a button, or words in a line */
  look?: 'first' | 'button' | 'link'
  label?: string
}

/** Copies, and says so in its own place. */
export function CopyButton({ value, children, look = 'button', label }: CopyProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const words = copied ? t('copied') : (children ?? t('copy_link'))
  const className =
    look === 'link'
      ? `${text.plain} ${text.link}`
      : look === 'first'
        ? `${css.button} ${css.first}`
        : css.button
  return (
    <button
      type="button"
      className={className}
      data-plain={look === 'link' || undefined}
      aria-label={label && !copied ? label : undefined}
      onClick={() => void copyText(value).then(() => setCopied(true))}
    >
      {look !== 'link' && (copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />)}
      <span aria-live="polite">{words}</span>
    </button>
  )
}
