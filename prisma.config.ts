import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// `prisma generate` looks for a schema engine it never runs, and would download one. Naming any existing file
// keeps it offline; every other command of the CLI finds its engine as usual.
if (process.argv.includes('generate')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(import.meta.url)
}

export default defineConfig({ schema: 'prisma/schema.prisma' })
