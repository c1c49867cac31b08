import type { Text } from '../model/text.ts'
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
export function settingWarnings({ publicUrl, entra }: AppPackageSettings): Text[] {
  const warnings: Text[] = []
  if (!publicUrl.startsWith('https://')) warnings.push(notHttps(publicUrl))
  if (!entra) {
    warnings.push(noSignIn)
  } else if (!namesHost(appIdUriOf(publicUrl, entra), publicUrl)) {
    warnings.push(noToken(appIdUriOf(publicUrl, { clientId: entra.clientId })))
  }
  return warnings
}

const notHttps = (publicUrl: string): Text => ({
  en: `Teams opens pages over https only, and this package points to ${publicUrl}. Set PUBLIC_URL to the https address at which people’s browsers reach this server.`,
  fr: `Teams n’ouvre que des pages en https, et ce paquet désigne ${publicUrl}. Donnez à PUBLIC_URL l’adresse https à laquelle les navigateurs joignent ce serveur.`,
  zh: `Teams 只打开 https 页面，而此应用包指向 ${publicUrl}。请将 PUBLIC_URL 设为浏览器访问此服务器所用的 https 地址。`,
})

const noSignIn: Text = {
  en: 'Nobody will be signed in from Teams: set ENTRA_CLIENT_ID and ENTRA_TENANT_IDS, so that people can save configurations.',
  fr: 'Personne ne sera connecté depuis Teams\u00A0: définissez ENTRA_CLIENT_ID et ENTRA_TENANT_IDS pour que l’on puisse enregistrer des configurations.',
  zh: '无法从 Teams 登录：请设置 ENTRA_CLIENT_ID 和 ENTRA_TENANT_IDS，以便保存配置。',
}

const noToken = (appIdUri: string): Text => ({
  en: `Teams gives no sign-in token to a page that the application id URI does not name. Set ENTRA_APP_ID_URI, here and in Entra, to ${appIdUri}`,
  fr: `Teams ne donne pas de jeton de connexion à une page que l’URI d’ID d’application ne désigne pas. Donnez à ENTRA_APP_ID_URI, ici et dans Entra, la valeur ${appIdUri}`,
  zh: `应用程序 ID URI 未指明的页面无法从 Teams 获得登录令牌。请在此处和 Entra 中将 ENTRA_APP_ID_URI 设为 ${appIdUri}`,
})

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
