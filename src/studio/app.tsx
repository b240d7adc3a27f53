import { type ReactNode, Suspense } from 'react'
import { Route, type StringRouteParams, Switch } from 'wouter'
import type { Me } from '../contract/shapes.ts'
import { useMe, useSetup } from './api/account.ts'
import { Frame } from './parts/frame.tsx'
import { lazyScreen } from './parts/lazy_screen.ts'
import { Trouble } from './parts/trouble.tsx'
import { WaitingPanel } from './parts/waiting.tsx'
import { ROUTES, type ScreenName } from './routes.ts'
import { CampaignsScreen } from './screens/campaigns.tsx'
import { Missing } from './screens/missing.tsx'
import { t } from './texts.ts'

// What is opened seldom is fetched when it is opened.
const Door = lazyScreen(() => import('./screens/door.tsx'))
const CampaignScreen = lazyScreen(() => import('./screens/campaign.tsx'))
const NewCampaignScreen = lazyScreen(() => import('./screens/new_campaign.tsx'))
const EditorScreen = lazyScreen(() => import('./editor/editor.tsx'))
const AllLeadsScreen = lazyScreen(() => import('./screens/all_leads.tsx'))
const SettingsScreen = lazyScreen(() => import('./settings/settings.tsx'))
const HistoryScreen = lazyScreen(() => import('./editor/history.tsx'))
const CountingScreen = lazyScreen(() => import('./screens/counting.tsx'))

/** Who is there decides what is shown: set-up, login, or the studio. */
export function App() {
  const me = useMe()
  const setup = useSetup(me.data === null)
  if (me.error && !me.data) return <Alone error={me.error} retry={() => void me.refetch()} />
  if (me.data === null) {
    if (setup.error) return <Alone error={setup.error} retry={() => void setup.refetch()} />
    return <Suspense fallback={null}>{setup.data && <Door needsOwner={setup.data.needs_owner} />}</Suspense>
  }
  if (!me.data) return null
  const screens = screensFor(me.data)
  return (
    <Frame me={me.data}>
      <Suspense fallback={<WaitingPanel lines={8} height={24} />}>
        <Switch>
          {Object.entries(ROUTES).map(([name, path]) => (
            <Route key={name} path={path}>
              {screens[name as ScreenName] as (params: object) => ReactNode}
            </Route>
          ))}
          <Route component={Missing} />
        </Switch>
      </Suspense>
    </Frame>
  )
}

/** What each route shows, given what stands for each `:name` of its pattern. */
function screensFor(me: Me): {
  [Name in ScreenName]: (params: StringRouteParams<(typeof ROUTES)[Name]>) => ReactNode
} {
  return {
    campaigns: () => <CampaignsScreen />,
    new_campaign: () => <NewCampaignScreen />,
    pages: ({ id }) => <EditorScreen id={id} key={id} />,
    history: ({ id }) => <HistoryScreen id={id} key={id} />,
    counting: ({ id }) => <CountingScreen id={id} />,
    session: ({ id, session }) => <CampaignScreen id={id} tab={{ session }} key={id} />,
    sessions: ({ id }) => <CampaignScreen id={id} tab="sessions" key={id} />,
    links: ({ id }) => <CampaignScreen id={id} tab="links" key={id} />,
    leads: ({ id }) => <CampaignScreen id={id} tab="leads" key={id} />,
    performance: ({ id }) => <CampaignScreen id={id} tab="performance" key={id} />,
    all_leads: () => <AllLeadsScreen />,
    settings: () => <SettingsScreen me={me} />,
  }
}

/** The server gave no answer at all: nothing else can be shown. */
function Alone({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <main aria-label={t('studio')}>
      <Trouble error={error} retry={retry} />
    </main>
  )
}
