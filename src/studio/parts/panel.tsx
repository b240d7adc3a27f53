import { type ReactNode, useId } from 'react'
import css from './panel.module.css'

interface PanelProps {
  title: string
  /** small words at the right of the title */
  aside?: ReactNode
  className?: string | undefined
  children: ReactNode
  id?: string
}

/** A card with a title. There are no cards inside cards. */
export function Panel({ title, aside, className, children, id }: PanelProps) {
  const heading = useId()
  return (
    <section className={`${css.panel} ${className ?? ''}`} aria-labelledby={heading} id={id}>
      <header>
        <h2 id={heading}>{title}</h2>
        {typeof aside === 'string' ? <p>{aside}</p> : aside}
      </header>
      {children}
    </section>
  )
}

/** What stands in a panel that has nothing to show for this range or link. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className={css.nothing}>{children}</p>
}
