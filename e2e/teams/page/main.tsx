import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { TeamsPage } from './teams-page.tsx'

// The server is on this machine: it can be asked even when the network is away.
const queries = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } })

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <TeamsPage />
      </QueryClientProvider>
    </StrictMode>,
  )
}
