import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Builds the server into `dist/server`: our own code in `main.js`, and a file for each package it needs, instead of
 * the thousand that Node.js would otherwise find, read and check at each start. `npm run bench` tells what a start takes.
 */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  plugins: [ownSourceMapsOnly()],
  build: {
    ssr: here('main.ts'),
    outDir: here('../dist/server'),
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        codeSplitting: {
          groups: [
            {
              debugName: 'packages',
              test: /node_modules|[/]generated[/]/,
              name: (id) => `packages/${packageOf(id)}`,
            },
          ],
        },
      },
    },
  },
  ssr: {
    noExternal: true,
    // They find files of their own beside themselves: native code, the pages of the API's description, a worker.
    external: ['better-sqlite3', '@fastify/swagger-ui', 'pino'],
  },
})

/** The client that Prisma generates is as little our own as the rest of it; packages that need each other share a file. */
function packageOf(id: string): string | undefined {
  return id.includes('/generated/')
    ? '@prisma/generated'
    : /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]
}

/** Node.js reads every map there is at its start; only those of our own code help whoever reads a stack. */
function ownSourceMapsOnly(): Plugin {
  return {
    name: 'own-source-maps-only',
    generateBundle(_options, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!name.startsWith('packages/')) continue
        if (file.type === 'chunk') file.code = file.code.replace(/\/\/# sourceMappingURL=\S+\s*$/, '')
        else if (name.endsWith('.map')) delete bundle[name]
      }
    },
  }
}
