import { Form } from '@base-ui/react/form'
import type { ReactNode } from 'react'
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
  return (
    <Form
      className={controls.form}
      errors={errors}
      onFormSubmit={values => onSend(values as Record<string, string>)}
    >
      {sentence && Object.keys(errors).length === 0 && (
        <p className={controls.wrong} role="alert">
          {sentence}
        </p>
      )}
      {children}
    </Form>
  )
}
