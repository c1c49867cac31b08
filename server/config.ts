/** What the environment settles at start. Every setting is described in `settings` of `read-config`. */
export interface Config {
  port: number
  host: string
  /** Where browsers and tracked systems reach this server; no trailing slash. */
  publicUrl: string
  trustedProxies: string[]
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
}

export interface EntraConfig {
  tenantIds: string[]
  clientId: string
  appIdUri: string | undefined
  authority: string
}
