import { useState } from 'react'
import type { Project } from '../../contract/shapes.ts'
import { useProjectChanges, useProjects } from '../api/campaigns.ts'
import { Line, Prose } from '../editor/prose.tsx'
import controls from '../parts/controls.module.css'
import { Panel } from '../parts/panel.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { WaitingPanel } from '../parts/waiting.tsx'
import { ZoneField } from '../parts/zone_field.tsx'
import { t } from '../texts.ts'
import css from './settings.module.css'

export function ProjectsPanel() {
  const projects = useProjects()
  if (projects.error && !projects.data) {
    return <Trouble error={projects.error} retry={() => void projects.refetch()} />
  }
  if (!projects.data) return <WaitingPanel />
  return (
    <Panel title={t('projects')} aside={t('projects_words')}>
      <ul className={css.list}>
        {projects.data.map(project => (
          <li key={project.id}>
            <ProjectForm project={project} />
          </li>
        ))}
      </ul>
      <NewProject />
    </Panel>
  )
}

function ProjectForm({ project }: { project: Project }) {
  const [values, setValues] = useState({
    name: project.name,
    time_zone: project.time_zone,
    origins: project.allowed_origins.join('\n'),
  })
  const { change } = useProjectChanges()
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
      <Prose
        label={t('allowed_origins')}
        hint={t('allowed_origins_hint')}
        value={values.origins}
        rows={2}
        max={15_000}
        onValue={origins => set({ origins })}
      />
      {change.error && (
        <p className={controls.wrong} role="alert">
          {change.error.message}
        </p>
      )}
      <div>
        <button type="submit" className={controls.button} disabled={change.isPending}>
          <span aria-live="polite">{change.isSuccess ? t('saved') : t('save')}</span>
        </button>
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
