import { useState } from 'react'
import type { Project } from '../../contract/shapes.ts'
import { hasCampaigns, useProjectChanges, useProjects } from '../api/campaigns.ts'
import { Line, Prose } from '../editor/prose.tsx'
import controls from '../parts/controls.module.css'
import { Panel } from '../parts/panel.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { ZoneField } from '../parts/zone_field.tsx'
import { t } from '../texts.ts'
import { deleteLater, useHidden } from '../undo.ts'
import css from './settings.module.css'

export function ProjectsPanel() {
  const projects = useProjects()
  const hidden = useHidden()
  if (projects.error && !projects.data) {
    return <Trouble error={projects.error} retry={() => void projects.refetch()} />
  }
  if (!projects.data) return <WaitingPanel />
  const shown = projects.data.filter(project => !hidden(`project ${project.id}`))
  return (
    <Panel title={t('projects')} aside={t('projects_words')}>
      <ul className={css.list}>
        {shown.map(project => (
          <li key={project.id}>
            <ProjectForm project={project} only={shown.length === 1} />
          </li>
        ))}
      </ul>
      <NewProject />
    </Panel>
  )
}

const isDays = (text: string) => /^[1-9]\d*$/.test(text) && Number(text) <= 3_650

/** @param only there is no other, so it cannot be deleted: campaigns stand in a project */
function ProjectForm({ project, only }: { project: Project; only: boolean }) {
  const [values, setValues] = useState({
    name: project.name,
    time_zone: project.time_zone,
    origins: project.allowed_origins.join('\n'),
    retention_days: String(project.retention_days),
    lead_retention_days: String(project.lead_retention_days),
  })
  const { change, remove } = useProjectChanges()
  const [refusal, setRefusal] = useState('')
  const erase = async () => {
    setRefusal('')
    try {
      if (await hasCampaigns(project.id)) return setRefusal(t('project_has_campaigns'))
    } catch (error) {
      return setRefusal((error as Error).message)
    }
    deleteLater({
      key: `project ${project.id}`,
      words: t('project_deleted', { name: project.name }),
      end: leaving => remove(project.id, leaving),
    })
  }
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part })
  const save = () =>
    change.mutate({
      id: project.id,
      name: values.name,
      time_zone: values.time_zone,
      allowed_origins: values.origins
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean),
      retention_days: Number(values.retention_days),
      lead_retention_days: Number(values.lead_retention_days),
    })
  return (
    <form
      className={controls.form}
      aria-label={project.name}
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <div className={controls.pair}>
        <Line label={t('project_name')} value={values.name} max={200} onValue={name => set({ name })} />
        <ZoneField value={values.time_zone} onZone={time_zone => set({ time_zone })} />
      </div>
      <div className={controls.pair}>
        {(['retention_days', 'lead_retention_days'] as const).map(name => (
          <Line
            key={name}
            label={t(name)}
            hint={name === 'retention_days' ? t('retention_hint') : undefined}
            value={values[name]}
            max={4}
            wrong={isDays(values[name]) ? undefined : t('retention_wrong')}
            onValue={days => set({ [name]: days })}
          />
        ))}
      </div>
      <Prose
        label={t('allowed_origins')}
        hint={t('allowed_origins_hint')}
        value={values.origins}
        rows={2}
        max={15_000}
        onValue={origins => set({ origins })}
      />
      {(change.error || refusal) && (
        <p className={controls.wrong} role="alert">
          {refusal || change.error?.message}
        </p>
      )}
      <div className={controls.row}>
        <button
          type="submit"
          className={controls.button}
          disabled={
            change.isPending || !(isDays(values.retention_days) && isDays(values.lead_retention_days))
          }
        >
          <span aria-live="polite">{change.isSuccess ? t('saved') : t('save')}</span>
        </button>
        {!only && (
          <button
            type="button"
            className={`${controls.button} ${controls.danger}`}
            aria-label={t('delete_project_of', { name: project.name })}
            data-delete={`project ${project.id}`}
            onClick={() => void erase()}
          >
            {t('delete')}
          </button>
        )}
      </div>
    </form>
  )
}

function NewProject() {
  const [name, setName] = useState('')
  const { make } = useProjectChanges()
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <form
      className={`${controls.form} ${css.new}`}
      onSubmit={event => {
        event.preventDefault()
        make.mutate({ name, time_zone }, { onSuccess: () => setName('') })
      }}
    >
      <Line
        label={t('new_project')}
        value={name}
        max={200}
        placeholder={t('project_name_example')}
        wrong={make.error?.message}
        onValue={setName}
      />
      <div>
        <button type="submit" className={controls.button} disabled={!name.trim() || make.isPending}>
          {t('make_project')}
        </button>
      </div>
    </form>
  )
}
