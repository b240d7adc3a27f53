import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import css from './controls.module.css'

interface ChoiceProps extends ComponentProps<'select'> {
  inField?: boolean
}

/** The browser's own select, which phones know best, with our arrow. */
export function Choice({ inField, children, className, ...rest }: ChoiceProps) {
  return (
    <span className={`${css.select} ${inField ? css.inField : ''} ${className ?? ''}`}>
      <select {...rest}>{children}</select>
      <ChevronDown size={16} aria-hidden />
    </span>
  )
}
