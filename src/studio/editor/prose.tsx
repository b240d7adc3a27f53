import { type ReactNode, useId } from 'react'
import controls from '../parts/controls.module.css'

interface TextProps {
  label: string
  value: string
  max: number
  onValue: (value: string) => void
  hint?: ReactNode
  /** why this field is not saved */
  wrong?: string | undefined
  placeholder?: string
}

/** A labelled line of text. */
export function Line({ label, value, max, onValue, hint, wrong, placeholder }: TextProps) {
  const id = useId()
  return (
    <div className={controls.field}>
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
      />
      {(wrong ?? hint) && (
        <p className={wrong ? controls.wrong : controls.hint} id={`${id}-hint`}>
          {wrong ?? hint}
        </p>
      )}
    </div>
  )
}

/** A labelled text of several lines. */
export function Prose({ label, value, max, onValue, hint, rows }: TextProps & { rows: number }) {
  const id = useId()
  return (
    <div className={controls.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        className={controls.input}
        id={id}
        rows={rows}
        value={value}
        maxLength={max}
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
