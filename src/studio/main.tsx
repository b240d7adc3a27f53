import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import './tokens.css'
import './ground.css'
import { client } from './api/client.ts'
import { App } from './app.tsx'
import { chosenTheme, showTheme } from './theme.ts'

showTheme(chosenTheme())

createRoot(document.getElementById('studio')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Router base="/studio">
        <App />
      </Router>
    </QueryClientProvider>
  </StrictMode>,
)
