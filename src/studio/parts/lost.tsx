import { useLost } from '../api/live.ts'
import { timeOfDay } from '../format/when.ts'
import { t } from '../texts.ts'
import css from './frame.module.css'

/**
 * Says that the server gives no answer, since when what is shown is old, and that nothing has to be done. It lies over
 * the page and moves nothing.
 */
export function Lost() {
  const lost = useLost()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return (
    <div role="status">
      {lost && (
        <p className={css.lost}>
          {lost.since
            ? t('server_lost', { time: timeOfDay(lost.since.toISOString(), timeZone) })
            : t('server_lost_from_start')}
        </p>
      )}
    </div>
  )
}
