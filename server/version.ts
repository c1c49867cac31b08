import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './lib/project-root.ts'

/** The version of this build, from package.json. */
export const version = readVersion()

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version)
  throw new Error('package.json has no version.')
}
