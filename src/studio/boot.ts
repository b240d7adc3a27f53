import { askEarly } from './early.ts'
import { firstQuestions } from './first_questions.ts'

// The page fetches the studio's code beside this file (vite.config.ts); the questions need not wait for it.
const path = location.pathname.replace(/^\/studio/, '') || '/'
const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
const login = document.documentElement.hasAttribute('data-login')
askEarly(firstQuestions(path, new URLSearchParams(location.search), timeZone), login)
void import('./main.tsx')
// What the address names is fetched beside the rest instead of after it.
if (path.endsWith('/pages')) void import('./editor/editor.tsx')
else if (path.startsWith('/campaigns/')) void import('./screens/campaign.tsx')
