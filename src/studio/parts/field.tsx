import { Field } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'
import css from './controls.module.css'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'name'> {
  name: string
  label: string
  hint?: ReactNode
  onValue?: (value: string) => void
  rows?: number
}

/** A labelled field; the browser's own checks and the server's field errors show beneath it. */
export function TextField({ name, label, hint, onValue, rows, value, ...rest }: TextFieldProps) {
  return (
    <Field.Root name={name} className={css.field}>
      <Field.Label>{label}</Field.Label>
      <Field.Control
        className={css.input}
        {...(value === undefined ? {} : { value: String(value) })}
        {...(onValue ? { onValueChange: next => onValue(String(next)) } : {})}
        {...(rows ? { render: <textarea rows={rows} /> } : {})}
        {...(rest as object)}
      />
      {hint && <Field.Description className={css.hint}>{hint}</Field.Description>}
      <Field.Error className={css.wrong} />
    </Field.Root>
  )
}
