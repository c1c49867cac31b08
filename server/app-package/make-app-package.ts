import type { Config } from '../config.ts'
import { readAppFiles } from './app-files.ts'
import { type AppPackage, buildAppPackage } from './build-app-package.ts'
import { teamsAppId } from './teams-app-id.ts'

/** The app package of a server with these settings; for its download and for the command line alike. */
export async function makeAppPackage(
  config: Pick<Config, 'publicUrl' | 'databaseUrl' | 'teamsAppId' | 'teamsConnectorId' | 'entra'>,
): Promise<AppPackage> {
  return buildAppPackage({ ...config, teamsAppId: teamsAppId(config) }, await readAppFiles())
}
