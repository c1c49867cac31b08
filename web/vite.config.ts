import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Builds the pages into `dist/web`: one HTML file a page, everything else under `/assets`, each script also
 * compressed beside itself, since the server does not compress at run time.
 *
 * `__CSP_NONCE__` stands wherever the Content-Security-Policy wants a nonce; whoever serves a page puts a fresh
 * one in its place, per response.
 */
export default defineConfig({
  root: here('.'),
  base: '/',
  plugins: [react(), compressed()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing may be inlined as a data: address, which the policy does not allow for scripts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        admin: here('admin.html'),
        configure: here('configure.html'),
        remove: here('remove.html'),
        channel: here('channel.html'),
        'sign-in': here('sign-in.html'),
      },
    },
  },
})

function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const folder = join(dir, 'assets')
      for (const name of await readdir(folder)) {
        const path = join(folder, name)
        const content = await readFile(path)
        await Promise.all([
          writeFile(`${path}.br`, brotliCompressSync(content)),
          writeFile(`${path}.gz`, gzipSync(content, { level: 9 })),
        ])
      }
    },
  }
}
