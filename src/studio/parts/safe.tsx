import { Component, type ReactNode } from 'react'
import { t } from '../texts.ts'
import controls from './controls.module.css'
import panel from './panel.module.css'

/** A screen that fails to show takes nothing else with it. Give it a `key` that changes with the screen. */
export class Safe extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <div className={panel.note} role="alert">
        <p>{t('broken')}</p>
        <button type="button" className={controls.button} onClick={() => location.reload()}>
          {t('reload')}
        </button>
      </div>
    )
  }
}
