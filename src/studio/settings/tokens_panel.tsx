import { useState } from 'react'
import { useTokenChanges, useTokens } from '../api/account.ts'
import { Line } from '../editor/prose.tsx'
import { shortDay } from '../format/when.ts'
import { Choice } from '../parts/choice.tsx'
import controls from '../parts/controls.module.css'
import { CopyButton } from '../parts/copy_button.tsx'
import { Nothing, Panel } from '../parts/panel.tsx'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import { deleteLater, useHidden } from '../undo.ts'
import css from './settings.module.css'

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Tokens for programs that speak with the API. */
export function TokensPanel() {
  const hidden = useHidden()
  const tokens = (useTokens().data ?? []).filter(token => !hidden(`token ${token.id}`))
  const { remove } = useTokenChanges()
  return (
    <Panel title={t('tokens')} aside={t('tokens_words')}>
      {tokens.length === 0 && <Nothing>{t('no_token')}</Nothing>}
      <ul className={css.list}>
        {tokens.map(token => (
          <li key={token.id} className={css.line}>
            <span>
              {token.name}{' '}
              <span className={`${text.small} ${text.mute}`}>
                {token.scope === 'read' ? t('scope_read') : t('scope_write')} ·{' '}
                {token.last_used_at
                  ? t('last_used', { day: shortDay(token.last_used_at, ownZone) })
                  : t('never_used')}
              </span>
            </span>
            <button
              type="button"
              className={`${controls.button} ${controls.danger}`}
              aria-label={t('end_token_of', { name: token.name })}
              data-delete={`token ${token.id}`}
              onClick={() =>
                deleteLater({
                  key: `token ${token.id}`,
                  words: t('token_ends', { name: token.name }),
                  end: leaving => remove(token.id, leaving),
                })
              }
            >
              {t('end_token')}
            </button>
          </li>
        ))}
      </ul>
      <NewToken />
    </Panel>
  )
}

function NewToken() {
  const [name, setName] = useState('')
  const [scope, setScope] = useState<'read' | 'write'>('read')
  const { make } = useTokenChanges()
  return (
    <form
      className={`${controls.form} ${css.new}`}
      onSubmit={event => {
        event.preventDefault()
        make.mutate({ name, scope }, { onSuccess: () => setName('') })
      }}
    >
      <div className={controls.pair}>
        <Line label={t('token_name')} value={name} max={200} wrong={make.error?.message} onValue={setName} />
        <div className={controls.field}>
          <label htmlFor="scope">{t('token_scope')}</label>
          <Choice
            inField
            id="scope"
            value={scope}
            onChange={event => setScope(event.target.value as 'read' | 'write')}
          >
            <option value="read">{t('may_read')}</option>
            <option value="write">{t('may_write')}</option>
          </Choice>
        </div>
      </div>
      {make.data && (
        <div role="status" className={css.made}>
          <p className={text.small}>{t('token_once')}</p>
          <p className={css.token}>{make.data.token}</p>
          <CopyButton value={make.data.token}>{t('copy')}</CopyButton>
        </div>
      )}
      <div>
        <button type="submit" className={controls.button} disabled={!name.trim() || make.isPending}>
          {t('make_token')}
        </button>
      </div>
    </form>
  )
}
