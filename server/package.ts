/**
 * `npm run package [path]`: writes the app package of this server's settings, for upload to Teams.
 *
 * It opens no database, so it may run while a server does.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { appPackageFileName } from './app-package/build-app-package.ts'
import { makeAppPackage } from './app-package/make-app-package.ts'
import { readConfig, SettingsError } from './config.ts'
import { AppError } from './errors.ts'
import { inLanguage } from './model/text.ts'

const [path = join('dist', appPackageFileName), ...more] = process.argv.slice(2)
if (path.startsWith('-') || more.length > 0) {
  console.error(
    `Say where the package goes, and no more: npm run package [path], without it ${join('dist', appPackageFileName)}.`,
  )
  process.exit(path === '--help' ? 0 : 2)
}

try {
  const config = readConfig()
  const { zip, manifest, warnings } = await makeAppPackage(config)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, zip)
  for (const note of config.notes) console.log(note)
  console.log(
    `Made ${path}: version ${manifest.version} of app ${manifest.id}, served from ${config.publicUrl}.`,
  )
  for (const warning of warnings) console.warn(`Warning: ${inLanguage(warning, 'en')}`)
  console.log('How to give it to Teams: manifest/README.md')
} catch (error) {
  if (error instanceof AppError) console.error(inLanguage(error.public, 'en'))
  else if (error instanceof SettingsError) console.error(error.message)
  else throw error
  process.exitCode = 1
}
