import type { Me } from '../../contract/shapes.ts'
import { useRename } from '../api/account.ts'
import controls from '../parts/controls.module.css'
import { TextField } from '../parts/field.tsx'
import frame from '../parts/frame.module.css'
import { MineCode } from '../parts/mine_code.tsx'
import { Panel } from '../parts/panel.tsx'
import { ProblemForm } from '../parts/problem_form.tsx'
import text from '../parts/text.module.css'
import { useTitle } from '../parts/title.ts'
import { t } from '../texts.ts'
import { InvitationsPanel } from './invitations_panel.tsx'
import { ProjectsPanel } from './projects_panel.tsx'
import { TokensPanel } from './tokens_panel.tsx'

export default function SettingsScreen({ me }: { me: Me }) {
  useTitle(t('settings'))
  const rename = useRename()
  return (
    <div className={frame.narrow}>
      <div className={frame.top}>
        <h1>{t('settings')}</h1>
      </div>
      <Panel title={t('you')} aside={me.email}>
        <ProblemForm onSend={values => rename.mutate(values.name ?? '')} error={rename.error}>
          <TextField name="name" label={t('your_name')} defaultValue={me.name} required maxLength={200} />
          <div>
            <button type="submit" className={controls.button} disabled={rename.isPending}>
              <span aria-live="polite">{rename.isSuccess ? t('saved') : t('save')}</span>
            </button>
          </div>
        </ProblemForm>
      </Panel>
      <Panel title={t('your_devices')}>
        <p className={text.soft}>
          {t('your_devices_words')} <MineCode />
        </p>
      </Panel>
      <ProjectsPanel />
      <TokensPanel />
      <InvitationsPanel />
    </div>
  )
}
