import { type ReactNode, useId } from 'react'
import controls from '../parts/controls.module.css'
import { wholeAddress } from './address.ts'

interface TextProps {
  label: string
  value: string
  max: number
  onValue: (value: string) => void
  hint?: ReactNode
  /** why this field is not saved */
  wrong?: string | undefined
  placeholder?: string
  /** selector of the text on the page: the preview goes there while this field is written */
  shows?: string
}

/** A labelled line of text. */
export function Line(props: TextProps & { onBlur?: () => void }) {
  const { label, value, max, onValue, hint, wrong, placeholder, shows, onBlur } = props
  const id = useId()
  return (
    <div className={controls.field} data-shows={shows}>
      <label htmlFor={id}>{label}</label>
      <input
        className={controls.input}
        id={id}
        value={value}
        maxLength={max}
        placeholder={placeholder}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={hint || wrong ? `${id}-hint` : undefined}
        onChange={event => onValue(event.target.value)}
        onBlur={onBlur}
      />
      {(wrong ?? hint) && (
        <p className={wrong ? controls.wrong : controls.hint} id={`${id}-hint`}>
          {wrong ?? hint}
        </p>
      )}
    </div>
  )
}

/** A line for an address: `example.com` becomes `https://example.com` when it is left. */
export function AddressLine(props: Omit<TextProps, 'max' | 'placeholder'>) {
  const { value, onValue } = props
  const complete = () => {
    const address = wholeAddress(value)
    if (address !== value) onValue(address)
  }
  return <Line {...props} max={2_000} placeholder="https://…" onBlur={complete} />
}

/** A labelled text of several lines. */
export function Prose(props: TextProps & { rows: number }) {
  const { label, value, max, onValue, hint, rows, placeholder, shows } = props
  const id = useId()
  return (
    <div className={controls.field} data-shows={shows}>
      <label htmlFor={id}>{label}</label>
      <textarea
        className={controls.input}
        id={id}
        rows={rows}
        value={value}
        maxLength={max}
        placeholder={placeholder}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={event => onValue(event.target.value)}
      />
      {hint && (
        <p className={controls.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
