import { strToU8, zipSync } from 'fflate'
import { AppError } from '../errors.ts'
import type { Text } from '../model/text.ts'
import type { AppFiles } from './app-files.ts'
import { type AppPackageSettings, buildManifest, type Manifest, settingWarnings } from './build-manifest.ts'
import { iconFaults } from './icon-faults.ts'
import { manifestFaults } from './manifest-faults.ts'

export interface AppPackage {
  zip: Uint8Array
  manifest: Manifest
  /** What is allowed but will disappoint someone in Teams, each with the setting that mends it. */
  warnings: Text[]
}

export const appPackageFileName = 'cardwire-teams-app.zip'

/**
 * The zip an administrator uploads to Teams: the manifest, its two icons and its language files, all at the
 * root. The same settings always give the same bytes, so that a package can be compared with the one in use.
 *
 * @throws {AppError} with every fault at once, before anything is zipped.
 */
export function buildAppPackage(settings: AppPackageSettings, files: AppFiles): AppPackage {
  const manifest = buildManifest(settings, files)
  const faults = [...manifestFaults(manifest, files), ...iconFaults(files.icons)]
  if (faults.length > 0) {
    throw new AppError('internal', {
      public: `The app package was not made, because Teams would refuse it. ${faults.join(' ')}`,
    })
  }
  return { zip: zip(manifest, files), manifest, warnings: settingWarnings(settings) }
}

function zip(manifest: Manifest, files: AppFiles): Uint8Array {
  const entries = {
    'manifest.json': jsonBytes(manifest),
    [manifest.icons.color]: files.icons.color,
    [manifest.icons.outline]: files.icons.outline,
    ...Object.fromEntries([...files.languages].map(([name, language]) => [name, jsonBytes(language)])),
  }
  // A zip keeps local times: the oldest one it can hold, built from local parts, is the same everywhere.
  return zipSync(entries, { level: 9, mtime: new Date(1980, 0, 1) })
}

function jsonBytes(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`)
}
