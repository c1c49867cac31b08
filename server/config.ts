import { resolve } from 'node:path'
import { settleSecrets } from './config-secrets.ts'
import { settings } from './config-table.ts'
import { isLoopback } from './lib/is-loopback.ts'
import { createSettingReader, type SettingReader } from './lib/setting.ts'

/** What the environment settles at start. Every setting is described in `config-table.ts`. */
export interface Config {
  port: number
  host: string
  /** Where browsers and tracked systems reach this server; no trailing slash. */
  publicUrl: string
  trustedProxies: string[]
  /** `file:` and an absolute path. */
  databaseUrl: string
  role: 'all' | 'api' | 'worker'
  /** 32 bytes each: the first seals, all open. */
  secretKeys: Buffer[]
  adminToken: string
  metricsToken: string | undefined
  entra: EntraConfig | undefined
  teamsAppId: string | undefined
  teamsConnectorId: string | undefined
  /** Origins that may frame and message our pages, beyond Microsoft's. */
  teamsOrigins: string[]
  /** Webhook origins or host suffixes beyond Microsoft's. */
  webhookHosts: string[]
  operationsConfiguration: string | undefined
  giveUpAfterHours: number
  retentionDays: number
  allowAnonymousSetup: boolean
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** Sentences for whoever starts the server: where secrets are kept, what is open. None holds a secret. */
  notes: string[]
}

export interface EntraConfig {
  tenantIds: string[]
  clientId: string
  appIdUri: string | undefined
  /** No trailing slash. */
  authority: string
}

/** The settings do not fit; every fault is listed, with what to do about it. */
export class SettingsError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    const count = faults.length === 1 ? 'A setting does' : `${faults.length} settings do`
    super(`${count} not fit:\n${faults.map((fault) => `- ${fault}`).join('\n')}`)
    this.name = 'SettingsError'
    this.faults = faults
  }
}

/**
 * Reads the settings; nothing else in this server reads the environment.
 *
 * On SQLite a missing `SECRET_KEY` or `ADMIN_TOKEN` is made once and kept beside the database, and a note says
 * where. Nothing is made while there are faults.
 *
 * @throws {SettingsError} with every fault at once.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const reader = createSettingReader(environment)
  const { read } = reader
  const plain = {
    port: read(settings.port),
    host: read(settings.host),
    trustedProxies: read(settings.trustedProxies),
    role: read(settings.role),
    metricsToken: read(settings.metricsToken),
    teamsAppId: read(settings.teamsAppId),
    teamsConnectorId: read(settings.teamsConnectorId),
    teamsOrigins: read(settings.teamsOrigins),
    webhookHosts: read(settings.webhookHosts),
    operationsConfiguration: read(settings.operationsConfiguration),
    giveUpAfterHours: read(settings.giveUpAfterHours),
    retentionDays: read(settings.retentionDays),
    allowAnonymousSetup: read(settings.allowAnonymousSetup),
    logLevel: read(settings.logLevel),
  }
  const settled = {
    ...plain,
    entra: readEntra(reader),
    publicUrl: readPublicUrl(reader, plain),
    databaseUrl: readDatabaseUrl(reader, plain),
  }
  checkAnonymousSetup(reader, settled)
  const { notes, ...secrets } = settleSecrets(reader, settled.databaseUrl)
  if (reader.faults.length > 0) throw new SettingsError(reader.faults)
  return { ...settled, ...secrets, notes: [...notes, ...notesOn(settled, environment)] }
}

function readEntra({ read, faults }: SettingReader): EntraConfig | undefined {
  const authority = read(settings.entraAuthority)
  const tenantIds = read(settings.entraTenantIds)
  const clientId = read(settings.entraClientId)
  const appIdUri = read(settings.entraAppIdUri)
  if (clientId !== undefined && tenantIds.length > 0) return { tenantIds, clientId, appIdUri, authority }
  const isAnyGiven = clientId !== undefined || tenantIds.length > 0 || appIdUri !== undefined
  if (isAnyGiven)
    faults.push('ENTRA_TENANT_IDS and ENTRA_CLIENT_ID belong together: set both, or no ENTRA_ setting.')
  return undefined
}

function readPublicUrl(
  { read, faults }: SettingReader,
  { host, port }: Pick<Config, 'host' | 'port'>,
): string {
  const publicUrl = read(settings.publicUrl)
  if (publicUrl !== undefined) return publicUrl
  if (!isLoopback(host) || port === 0) {
    faults.push(
      'PUBLIC_URL must be set, unless HOST is loopback and PORT is not 0: say where browsers reach this server.',
    )
  }
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function readDatabaseUrl({ read, faults }: SettingReader, { role }: Pick<Config, 'role'>): string {
  const url = read(settings.databaseUrl)
  if (!url.startsWith('file:')) {
    faults.push(
      'DATABASE_URL names PostgreSQL: PostgreSQL support is not in this version. Use file:./data/cardwire.db.',
    )
    return url
  }
  if (role !== 'all') {
    faults.push(`ROLE must be all, not ${role}: SQLite serves one process. Leave ROLE unset.`)
  }
  return `file:${resolve(url.slice('file:'.length))}`
}

function checkAnonymousSetup(
  { faults }: SettingReader,
  config: Pick<Config, 'allowAnonymousSetup' | 'publicUrl'>,
) {
  if (config.allowAnonymousSetup && !isLoopback(new URL(config.publicUrl).hostname)) {
    faults.push(
      'ALLOW_ANONYMOUS_SETUP works only while PUBLIC_URL is loopback: unset it, and set ENTRA_TENANT_IDS and ENTRA_CLIENT_ID.',
    )
  }
}

/** What whoever starts the server should know, though nothing is wrong. */
function notesOn(
  config: Pick<Config, 'publicUrl' | 'entra' | 'allowAnonymousSetup'>,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const { protocol, hostname } = new URL(config.publicUrl)
  const isLocal = isLoopback(hostname)
  const notes: [boolean, string][] = [
    [
      !config.entra && config.allowAnonymousSetup,
      'ALLOW_ANONYMOUS_SETUP: everyone on this machine may set up and change every channel, without sign-in.',
    ],
    [
      !config.entra && !config.allowAnonymousSetup,
      'Sign-in is not set up: the configuration page lets nobody in until ENTRA_TENANT_IDS and ENTRA_CLIENT_ID are set.',
    ],
    [
      config.entra !== undefined && config.allowAnonymousSetup,
      'ALLOW_ANONYMOUS_SETUP changes nothing, since sign-in is set up.',
    ],
    [
      protocol !== 'https:' && !isLocal,
      'PUBLIC_URL is not https: Teams does not show such pages, and tokens and secrets can be read on the way.',
    ],
    [Boolean(environment.HTTPS_PROXY), 'HTTPS_PROXY is not used yet: requests go out directly.'],
  ]
  return notes.filter(([applies]) => applies).map(([, note]) => note)
}
