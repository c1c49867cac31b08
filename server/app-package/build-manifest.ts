import type { AppFiles } from './app-files.ts'

/** What the server's settings add to the template; `Config` fits, once the app id is known. */
export interface AppPackageSettings {
  /** Where people's browsers reach this server; no trailing slash. */
  publicUrl: string
  teamsAppId: string
  teamsConnectorId?: string | undefined
  entra?: { clientId: string; appIdUri?: string | undefined } | undefined
}

export type Manifest = ReturnType<typeof buildManifest>

/** The manifest of this server's app: the template of `manifest/manifest.json` with the settings put in. */
export function buildManifest(settings: AppPackageSettings, files: Pick<AppFiles, 'template' | 'version'>) {
  const { publicUrl, teamsAppId, teamsConnectorId, entra } = settings
  const { template, version } = files
  return {
    ...template,
    version,
    id: teamsAppId,
    developer: {
      ...template.developer,
      websiteUrl: publicUrl,
      privacyUrl: `${publicUrl}/privacy`,
      termsOfUseUrl: `${publicUrl}/terms`,
    },
    configurableTabs: [tab(publicUrl)],
    ...(teamsConnectorId && { connectors: [connector(publicUrl, teamsConnectorId)] }),
    // With its port, if it is not the usual one: without it the phones' Teams shows an empty page.
    validDomains: [new URL(publicUrl).host],
    ...(entra && { webApplicationInfo: { id: entra.clientId, resource: appIdUriOf(publicUrl, entra) } }),
  }
}

/** What Teams allows but which will disappoint someone there, each with the setting that mends it. */
export function settingWarnings({ publicUrl, entra }: AppPackageSettings): string[] {
  const warnings: string[] = []
  if (!publicUrl.startsWith('https://')) {
    warnings.push(
      `Teams opens pages over https only, and this package points to ${publicUrl}. ` +
        "Set PUBLIC_URL to the https address at which people's browsers reach this server.",
    )
  }
  if (!entra) {
    warnings.push(
      'Nobody will be signed in from Teams: set ENTRA_CLIENT_ID and ENTRA_TENANT_IDS, so that people can save configurations.',
    )
  } else if (!namesHost(appIdUriOf(publicUrl, entra), publicUrl)) {
    warnings.push(
      `Teams gives no sign-in token to a page that the application id URI does not name. Set ENTRA_APP_ID_URI, here ` +
        `and in Entra, to ${appIdUriOf(publicUrl, { clientId: entra.clientId })}`,
    )
  }
  return warnings
}

/** The application id URI that Teams asks for: the one that is set, else Microsoft's form for single sign-on. */
export function appIdUriOf(
  publicUrl: string,
  entra: { clientId: string; appIdUri?: string | undefined },
): string {
  return entra.appIdUri ?? `api://${new URL(publicUrl).host}/${entra.clientId}`
}

/** What opens the configuration page on every tenant, also where classic connectors are switched off. */
function tab(publicUrl: string) {
  return {
    configurationUrl: `${publicUrl}/configure?host=tab`,
    canUpdateConfiguration: true,
    scopes: ['team', 'groupChat'],
  }
}

function connector(publicUrl: string, connectorId: string) {
  return { connectorId, configurationUrl: `${publicUrl}/configure?host=connector`, scopes: ['team'] }
}

function namesHost(uri: string, publicUrl: string): boolean {
  return URL.canParse(uri) && new URL(uri).host === new URL(publicUrl).host
}
