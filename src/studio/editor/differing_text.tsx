import { t } from '../texts.ts'
import { differingPart } from './differing_part.ts'
import css from './differing_text.module.css'

/** A text with the part marked in which it differs from another. */
export function DifferingText({ text, other }: { text: string; other: string }) {
  const [start, own, end] = differingPart(text, other)
  return (
    <span className={css.text}>
      {text === '' && <i>{t('nothing_there')}</i>}
      {start}
      {own && <mark>{own}</mark>}
      {end}
    </span>
  )
}
