import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Builds the pages into `dist/web`: one HTML file a page, everything else under `/assets`.
 *
 * `__CSP_NONCE__` stands wherever the Content-Security-Policy wants a nonce; whoever serves a page puts a fresh
 * one in its place, per response.
 */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing may be inlined as a data: address, which the policy does not allow for scripts.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { configure: here('configure.html'), remove: here('remove.html') } },
  },
})
