import { useState } from 'react'
import { useNewCampaign, useProjectChanges, useProjects } from '../api/campaigns.ts'
import { Choice } from '../parts/choice.tsx'
import controls from '../parts/controls.module.css'
import { TextField } from '../parts/field.tsx'
import frame from '../parts/frame.module.css'
import { Link, useOpen } from '../parts/link.tsx'
import panel from '../parts/panel.module.css'
import { ProblemForm } from '../parts/problem_form.tsx'
import { useTitle } from '../parts/title.ts'
import { WaitingPanel } from '../parts/waiting.tsx'
import { ZoneField } from '../parts/zone_field.tsx'
import { t } from '../texts.ts'

const NEW_PROJECT = 'new'

/** A title and a project; everything else is written in the editor. */
export default function NewCampaignScreen() {
  useTitle(t('new_campaign'))
  const projects = useProjects()
  if (!projects.data) return <WaitingPanel lines={4} height={36} />
  return (
    <div className={frame.narrow}>
      <div className={frame.top}>
        <div>
          <nav className={frame.crumb} aria-label={t('you_are_here')}>
            <Link href="/">← {t('campaigns')}</Link>
          </nav>
          <h1>{t('new_campaign')}</h1>
        </div>
      </div>
      <section className={panel.panel} aria-label={t('new_campaign')}>
        <NewCampaignForm projects={projects.data} />
      </section>
    </div>
  )
}

function NewCampaignForm({ projects }: { projects: Array<{ id: string; name: string }> }) {
  const open = useOpen()
  const [project, setProject] = useState(projects[0]?.id ?? NEW_PROJECT)
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const campaign = useNewCampaign()
  const { make } = useProjectChanges()
  const send = async (values: Record<string, string>) => {
    try {
      const project_id =
        project === NEW_PROJECT
          ? (await make.mutateAsync({ name: values.name ?? '', time_zone: zone })).id
          : project
      setProject(project_id)
      const made = await campaign.mutateAsync({ project_id, title: values.title ?? '' })
      open(`/campaigns/${made.id}/pages`)
    } catch {} // both errors are shown by the form
  }
  return (
    <ProblemForm onSend={values => void send(values)} error={make.error ?? campaign.error}>
      <TextField
        name="title"
        label={t('campaign_title')}
        hint={t('campaign_title_hint')}
        placeholder={t('campaign_title_example')}
        // biome-ignore lint/a11y/noAutofocus: the title is what this screen is opened for
        autoFocus
        required
        maxLength={200}
      />
      <div className={controls.field}>
        <label htmlFor="in-project">{t('project')}</label>
        <Choice inField id="in-project" value={project} onChange={event => setProject(event.target.value)}>
          {projects.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
          <option value={NEW_PROJECT}>{t('new_project')}</option>
        </Choice>
      </div>
      {project === NEW_PROJECT && (
        <>
          <TextField
            name="name"
            label={t('project_name')}
            placeholder={t('project_name_example')}
            required
            maxLength={200}
          />
          <ZoneField value={zone} onZone={setZone} />
        </>
      )}
      <div>
        <button
          type="submit"
          className={`${controls.button} ${controls.first}`}
          disabled={make.isPending || campaign.isPending}
        >
          {t('start_writing')}
        </button>
      </div>
    </ProblemForm>
  )
}
