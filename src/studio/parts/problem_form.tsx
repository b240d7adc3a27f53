import { Form } from '@base-ui/react/form'
import { type ReactNode, useEffect, useRef } from 'react'
import { ApiProblem } from '../api/request.ts'
import controls from './controls.module.css'

interface ProblemFormProps {
  /** values by the names of the fields */
  onSend: (values: Record<string, string>) => void
  error: Error | null
  /** sentences for statuses that deserve our own */
  sentences?: Partial<Record<number, string>>
  children: ReactNode
}

/** A form whose refusals stand where they belong: at the field the server named, else above the button. */
export function ProblemForm({ onSend, error, sentences = {}, children }: ProblemFormProps) {
  const errors = Object.fromEntries(
    (error instanceof ApiProblem ? error.errors : []).map(one => [
      one.pointer.split('/').at(-1) ?? '',
      one.message,
    ]),
  )
  const status = error instanceof ApiProblem ? error.status : -1
  const sentence = error ? (sentences[status] ?? error.message) : null
  const words = useRef<HTMLParagraphElement>(null)
  // The button was off while the answer was awaited and lost the focus. (At a field, the form gives it to the field.)
  useEffect(() => {
    if (error) words.current?.focus()
  }, [error])
  return (
    <Form
      className={controls.form}
      errors={errors}
      onFormSubmit={values => onSend(values as Record<string, string>)}
    >
      {sentence && Object.keys(errors).length === 0 && (
        <p className={controls.wrong} role="alert" ref={words} tabIndex={-1}>
          {sentence}
        </p>
      )}
      {children}
    </Form>
  )
}
