import { useInvitationsOpen, useInvite } from '../api/account.ts'
import { shortDay } from '../format/when.ts'
import controls from '../parts/controls.module.css'
import { CopyButton } from '../parts/copy_button.tsx'
import { Panel } from '../parts/panel.tsx'
import text from '../parts/text.module.css'
import { t } from '../texts.ts'
import css from './settings.module.css'

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A code for somebody who may make an account; nothing where this Pitchbeat takes no new ones. */
export function InvitationsPanel() {
  const open = useInvitationsOpen()
  const invite = useInvite()
  if (!open) return null
  return (
    <Panel title={t('invitations')}>
      <div className={controls.form}>
        <p className={text.soft}>{t('invitations_words')}</p>
        {invite.data && (
          <div role="status" className={css.made}>
            <p className={css.token}>{invite.data.code}</p>
            <CopyButton value={invite.data.code}>{t('copy')}</CopyButton>
            <p className={text.small}>
              {t('good_until', { time: shortDay(invite.data.expires_at, ownZone) })}
            </p>
          </div>
        )}
        {invite.error && (
          <p className={text.warn} role="alert">
            {invite.error.message}
          </p>
        )}
        <div>
          <button
            type="button"
            className={controls.button}
            disabled={invite.isPending}
            onClick={() => invite.mutate()}
          >
            {t('make_invitation')}
          </button>
        </div>
      </div>
    </Panel>
  )
}
