import { t } from '../texts.ts'
import controls from './controls.module.css'
import css from './panel.module.css'

interface TroubleProps {
  error: Error
  /** what still holds or works meanwhile */
  still?: string | undefined
  retry: () => void
}

/** Says what happened and what still works, and offers to try again. */
export function Trouble({ error, still, retry }: TroubleProps) {
  return (
    <div className={css.note} role="alert">
      <p>
        {error.message} {still}
      </p>
      <button type="button" className={controls.button} onClick={retry}>
        {t('try_again')}
      </button>
    </div>
  )
}
