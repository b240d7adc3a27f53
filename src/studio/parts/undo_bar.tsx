import { t } from '../texts.ts'
import { understood, undo, useDeleted, useUndoKey } from '../undo.ts'
import controls from './controls.module.css'
import css from './undo_bar.module.css'

/** Says what was deleted in the last ten seconds, with a button that brings it back, and what could not be deleted. */
export function UndoBar() {
  useUndoKey()
  const { deleted, refusal } = useDeleted()
  return (
    <div className={css.bar}>
      <div role="status">
        {deleted.map(one => (
          <p key={one.key}>
            <span>{one.words}</span>
            <button
              type="button"
              className={controls.button}
              aria-label={t('undo_of', { what: one.words })}
              aria-keyshortcuts="Control+Z Meta+Z"
              onClick={() => undo(one)}
            >
              {t('undo')}
            </button>
          </p>
        ))}
      </div>
      {refusal && (
        <p role="alert">
          <span>{refusal}</span>
          <button type="button" className={controls.button} onClick={understood}>
            {t('understood')}
          </button>
        </p>
      )}
    </div>
  )
}
