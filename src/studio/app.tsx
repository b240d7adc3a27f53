import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { useMe, useSetup } from './api/account.ts'
import { Frame } from './parts/frame.tsx'
import { Trouble } from './parts/trouble.tsx'
import { WaitingPanel } from './parts/waiting.tsx'
import { CampaignScreen } from './screens/campaign.tsx'
import { CampaignsScreen } from './screens/campaigns.tsx'
import { Door } from './screens/door.tsx'
import { Missing } from './screens/missing.tsx'
import { t } from './texts.ts'

// What is opened seldom is fetched when it is opened.
const NewCampaignScreen = lazy(() => import('./screens/new_campaign.tsx'))
const EditorScreen = lazy(() => import('./editor/editor.tsx'))
const AllLeadsScreen = lazy(() => import('./screens/all_leads.tsx'))
const SettingsScreen = lazy(() => import('./settings/settings.tsx'))
const CountingScreen = lazy(() => import('./screens/counting.tsx'))

/** Who is there decides what is shown: set-up, login, or the studio. */
export function App() {
  const me = useMe()
  const setup = useSetup(me.data === null)
  if (me.error) return <Alone error={me.error} retry={() => void me.refetch()} />
  if (me.data === null) {
    if (setup.error) return <Alone error={setup.error} retry={() => void setup.refetch()} />
    return setup.data ? <Door needsOwner={setup.data.needs_owner} /> : null
  }
  if (!me.data) return null
  return (
    <Frame me={me.data}>
      <Suspense fallback={<WaitingPanel lines={8} height={24} />}>
        <Switch>
          <Route path="/" component={CampaignsScreen} />
          <Route path="/campaigns/new" component={NewCampaignScreen} />
          <Route path="/campaigns/:id/pages">{({ id }) => <EditorScreen id={id} key={id} />}</Route>
          <Route path="/campaigns/:id/counting">{({ id }) => <CountingScreen id={id} />}</Route>
          <Route path="/campaigns/:id/*?">
            {({ id, '*': rest }) => <CampaignScreen id={id} rest={rest ?? ''} key={id} />}
          </Route>
          <Route path="/leads" component={AllLeadsScreen} />
          <Route path="/settings">{() => <SettingsScreen me={me.data!} />}</Route>
          <Route component={Missing} />
        </Switch>
      </Suspense>
    </Frame>
  )
}

/** The server gave no answer at all: nothing else can be shown. */
function Alone({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <main aria-label={t('studio')}>
      <Trouble error={error} retry={retry} />
    </main>
  )
}
