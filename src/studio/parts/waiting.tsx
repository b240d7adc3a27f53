import { t } from '../texts.ts'
import css from './panel.module.css'

const WIDTHS = ['92%', '78%', '85%', '64%', '72%', '88%', '58%', '80%']

/** Grey lines in place of what is being fetched, as high as it will be. */
export function Bones({ lines, height = 16 }: { lines: number; height?: number }) {
  return (
    <div className={css.bones} role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
          key={index}
          className={css.bone}
          style={{ width: WIDTHS[index % WIDTHS.length], height }}
        />
      ))}
    </div>
  )
}

/** A panel that is being fetched. */
export function WaitingPanel({ lines = 4, height }: { lines?: number; height?: number }) {
  return (
    <div className={css.panel}>
      <Bones lines={lines} {...(height ? { height } : {})} />
    </div>
  )
}
