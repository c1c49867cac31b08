import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { TeamsPage } from './teams-page.tsx'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <TeamsPage />
    </StrictMode>,
  )
}
