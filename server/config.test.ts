import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig, SettingsError } from './config.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const OTHER_KEY = Buffer.alloc(32, 8).toString('base64')
const TENANT = '11111111-1111-4111-8111-111111111111'
const CLIENT = '33333333-3333-4333-8333-333333333333'
const secrets = { SECRET_KEY: KEY, ADMIN_TOKEN: 'an-admin-token-of-some-length' }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cardwire-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const database = () => ({ DATABASE_URL: `file:${folder}/data/cardwire.db` })

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig({ ...database(), ...secrets, ...environment })
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
}

describe('the settings', () => {
  it('are complete when nothing is set', () => {
    const config = readConfig(database())
    expect(config).toMatchObject({
      port: 3978,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3978',
      trustedProxies: [],
      databaseUrl: `file:${folder}/data/cardwire.db`,
      role: 'all',
      entra: undefined,
      webhookHosts: [],
      giveUpAfterHours: 24,
      retentionDays: 30,
      allowAnonymousSetup: false,
      logLevel: 'info',
    })
  })

  it('are read, trimmed, and put into one form', () => {
    const config = readConfig({
      ...secrets,
      PORT: ' 8080 ',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://Cardwire.example.com/',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1, loopback',
      DATABASE_URL: 'file:./elsewhere.db',
      SECRET_KEY: `${KEY},${OTHER_KEY}`,
      METRICS_TOKEN: 'a-metrics-token-of-some-length',
      ENTRA_TENANT_IDS: `${TENANT},${CLIENT.toUpperCase()}`,
      ENTRA_CLIENT_ID: CLIENT,
      ENTRA_APP_ID_URI: `api://cardwire.example.com/${CLIENT}`,
      ENTRA_AUTHORITY: 'http://localhost:3979/entra/',
      TEAMS_ORIGINS: 'http://localhost:3979/,https://teams.example',
      WEBHOOK_HOSTS: '.Example.com,hooks.example.org,http://localhost:3979',
      ALLOW_ANONYMOUS_SETUP: 'false',
      LOG_LEVEL: 'debug',
      RETENTION_DAYS: '2',
      TEAMS_APP_ID: '',
    })
    expect(config).toMatchObject({
      port: 8080,
      publicUrl: 'https://cardwire.example.com',
      trustedProxies: ['10.0.0.0/8', '::1', 'loopback'],
      databaseUrl: `file:${process.cwd()}/elsewhere.db`,
      secretKeys: [Buffer.alloc(32, 7), Buffer.alloc(32, 8)],
      adminToken: secrets.ADMIN_TOKEN,
      entra: {
        tenantIds: [TENANT, CLIENT],
        clientId: CLIENT,
        appIdUri: `api://cardwire.example.com/${CLIENT}`,
        authority: 'http://localhost:3979/entra',
      },
      teamsOrigins: ['http://localhost:3979', 'https://teams.example'],
      webhookHosts: ['.example.com', 'hooks.example.org', 'http://localhost:3979'],
      teamsAppId: undefined,
      retentionDays: 2,
    })
  })

  it('tell all their faults at once, each with its name', () => {
    const faults = faultsOf({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      ENTRA_CLIENT_ID: 'y',
      ROLE: 'api',
      RETENTION_DAYS: '1',
    })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(
      expect.arrayContaining(['PORT', 'LOG_LEVEL', 'ENTRA_CLIENT_ID', 'ROLE', 'RETENTION_DAYS']),
    )
    expect(faults).toHaveLength(5)
  })

  it.each([
    [{ PORT: '70000' }, /^PORT must be a whole number from 0 to 65535, not "70000"\.$/],
    [{ PORT: '1e3' }, /^PORT/],
    [{ HOST: 'localhost:80' }, /^HOST must be a host name/],
    [{ HOST: '0.0.0.0' }, /^PUBLIC_URL must be set/],
    [{ PORT: '0' }, /^PUBLIC_URL must be set/],
    [{ PUBLIC_URL: 'cardwire.example.com' }, /^PUBLIC_URL must be an origin/],
    [{ PUBLIC_URL: 'https://example.com/cardwire' }, /^PUBLIC_URL must be an origin/],
    [{ PUBLIC_URL: 'https://user@example.com' }, /^PUBLIC_URL must be an origin/],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES must list IP addresses/],
    [{ TRUSTED_PROXIES: 'proxy.example' }, /^TRUSTED_PROXIES/],
    [{ DATABASE_URL: 'postgresql://u:hunter2@db/cardwire' }, /PostgreSQL support is not in this version/],
    [{ DATABASE_URL: 'mysql://u:hunter2@db/cardwire' }, /^DATABASE_URL must be file:/],
    [{ DATABASE_URL: 'file::memory:' }, /^DATABASE_URL must be file:/],
    [{ ROLE: 'worker' }, /^ROLE must be all, not worker: SQLite serves one process/],
    [{ SECRET_KEY: 'hunter2' }, /^SECRET_KEY must be 32 bytes in base64/],
    [{ SECRET_KEY: `${KEY},hunter2` }, /^SECRET_KEY must be 32 bytes in base64/],
    [{ ADMIN_TOKEN: 'hunter2' }, /^ADMIN_TOKEN must be at least 20 characters/],
    [{ ADMIN_TOKEN: 'hunter2 is not a very good token' }, /^ADMIN_TOKEN must be at least 20/],
    [{ METRICS_TOKEN: 'hunter2' }, /^METRICS_TOKEN must be at least 20/],
    [{ ENTRA_TENANT_IDS: 'common' }, /^ENTRA_TENANT_IDS must be a UUID/],
    [{ ENTRA_TENANT_IDS: TENANT }, /^ENTRA_TENANT_IDS and ENTRA_CLIENT_ID belong together/],
    [{ ENTRA_APP_ID_URI: 'api://x' }, /^ENTRA_TENANT_IDS and ENTRA_CLIENT_ID belong together/],
    [{ ENTRA_AUTHORITY: 'http://login.example.com' }, /^ENTRA_AUTHORITY must be an https address/],
    [{ TEAMS_APP_ID: 'x' }, /^TEAMS_APP_ID must be a UUID/],
    [{ TEAMS_ORIGINS: 'https://a.example/path' }, /^TEAMS_ORIGINS must be an origin/],
    [{ WEBHOOK_HOSTS: 'com' }, /^WEBHOOK_HOSTS must list host suffixes/],
    [{ WEBHOOK_HOSTS: '*.example.com' }, /^WEBHOOK_HOSTS/],
    [{ WEBHOOK_HOSTS: '10.0.0.1' }, /^WEBHOOK_HOSTS/],
    [{ WEBHOOK_HOSTS: 'https://a.example/hook' }, /^WEBHOOK_HOSTS/],
    [{ GIVE_UP_AFTER_HOURS: '0' }, /^GIVE_UP_AFTER_HOURS/],
    [{ ALLOW_ANONYMOUS_SETUP: 'yes' }, /^ALLOW_ANONYMOUS_SETUP must be one of true, false, not "yes"\.$/],
    [
      { ALLOW_ANONYMOUS_SETUP: 'true', PUBLIC_URL: 'https://cardwire.example' },
      /^ALLOW_ANONYMOUS_SETUP works only while PUBLIC_URL is loopback/,
    ],
  ])('refuse %j', (environment, words) => {
    const faults = faultsOf(environment)
    expect(faults).toEqual([expect.stringMatching(words)])
    expect(faults[0]).not.toContain('hunter2')
  })

  it('do not call a PostgreSQL process with a role of its own wrong for that, and ask it for its secrets', () => {
    const postgres = {
      DATABASE_URL: 'postgresql://db/cardwire',
      ROLE: 'worker',
      SECRET_KEY: '',
      ADMIN_TOKEN: '',
    }
    expect(faultsOf(postgres)).toEqual([
      expect.stringMatching(/^DATABASE_URL/),
      expect.stringMatching(/^SECRET_KEY must be set on PostgreSQL/),
      expect.stringMatching(/^ADMIN_TOKEN must be set on PostgreSQL/),
    ])
  })
})

describe('secrets that are not given', () => {
  const keyFile = () => join(folder, 'data', 'secret-key')
  const tokenFile = () => join(folder, 'data', 'admin-token')

  it('are made once beside the database, for its owner alone, and a note says where', () => {
    const first = readConfig(database())
    expect(first.secretKeys[0]).toHaveLength(32)
    expect(first.adminToken.length).toBeGreaterThan(30)
    for (const file of [keyFile(), tokenFile()]) expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(tokenFile(), 'utf8').trim()).toBe(first.adminToken)
    expect(readdirSync(join(folder, 'data')).toSorted()).toEqual(['admin-token', 'secret-key'])
    expect(first.notes).toContain(`SECRET_KEY was made and is kept in ${keyFile()}.`)
    expect(first.notes).toContain(`ADMIN_TOKEN was made and is kept in ${tokenFile()}.`)
    expect(first.notes.join()).not.toContain(first.adminToken)

    const second = readConfig(database())
    expect(second).toMatchObject({ secretKeys: first.secretKeys, adminToken: first.adminToken })
    expect(second.notes).toContain(`SECRET_KEY is kept in ${keyFile()}.`)
  })

  it('are not made while something else is wrong', () => {
    expect(() => readConfig({ ...database(), PORT: 'x' })).toThrow(SettingsError)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('are not made where they are given', () => {
    readConfig({ ...database(), ...secrets })
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('are never made anew over a database whose key is gone', () => {
    readConfig(database())
    writeFileSync(join(folder, 'data', 'cardwire.db'), 'sealed things')
    rmSync(keyFile())
    expect(() => readConfig(database())).toThrow(
      /secret-key is gone, but .*cardwire\.db holds what that key sealed/,
    )
    expect(existsSync(keyFile())).toBe(false)
  })

  it('that others can read are told in a note', () => {
    readConfig(database())
    chmodSync(tokenFile(), 0o644)
    expect(readConfig(database()).notes.join('\n')).toContain(`chmod 600 ${tokenFile()}`)
  })

  it.each(['', 'not a key'])('are a fault when their file holds %j', (text) => {
    readConfig(database())
    writeFileSync(keyFile(), text)
    expect(() => readConfig(database())).toThrow(/SECRET_KEY is unset and cannot be kept in/)
  })
})

describe('the notes at start', () => {
  it.each([
    [{}, /Sign-in is not set up/],
    [{ ALLOW_ANONYMOUS_SETUP: 'true' }, /everyone on this machine may set up and change every channel/],
    [{ PUBLIC_URL: 'http://192.168.0.5:3978' }, /PUBLIC_URL is not https/],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, /HTTPS_PROXY is not used yet/],
    [
      { ALLOW_ANONYMOUS_SETUP: 'true', ENTRA_TENANT_IDS: TENANT, ENTRA_CLIENT_ID: CLIENT },
      /ALLOW_ANONYMOUS_SETUP changes nothing/,
    ],
  ])('of %j warn', (environment, words) => {
    expect(readConfig({ ...database(), ...secrets, ...environment }).notes.join('\n')).toMatch(words)
  })

  it('are silent where all is well', () => {
    const well = { PUBLIC_URL: 'https://cardwire.example', ENTRA_TENANT_IDS: TENANT, ENTRA_CLIENT_ID: CLIENT }
    expect(readConfig({ ...database(), ...secrets, ...well }).notes).toEqual([])
  })
})
