import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The host page of the simulated Teams: `npx vite build --config e2e/teams/page/vite.config.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  // Fluent UI in one piece: the page is only ever loaded from the same machine.
  build: {
    outDir: fileURLToPath(new URL('../../../dist/teams', import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 2_000,
  },
})
