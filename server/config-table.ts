import {
  hostName,
  ipRange,
  key32,
  listOf,
  oneOf,
  origin,
  originOrSuffix,
  type Setting,
  safeAddress,
  token,
  Unfit,
  uuid,
  wholeNumber,
  yesOrNo,
} from './lib/setting.ts'

/** Every setting, once: what it means, what it is when unset, how it is read. The README's table is this one. */
export const settings = {
  port: number('PORT', 3978, [0, 65_535], 'Where the server listens.'),
  host: withDefault('HOST', '127.0.0.1', hostName, 'The address it listens on; `0.0.0.0` for all.'),
  publicUrl: optional(
    'PUBLIC_URL',
    origin,
    'Where browsers, Teams and tracked systems reach the server. Teams asks for https.',
    '`http://HOST:PORT` on loopback',
  ),
  trustedProxies: list(
    'TRUSTED_PROXIES',
    ipRange,
    'Addresses or ranges of the proxies in front, whose `X-Forwarded-For` is believed.',
  ),
  databaseUrl: {
    name: 'DATABASE_URL',
    meaning: 'The SQLite file. What is made once is kept beside it.',
    unset: 'file:./data/cardwire.db',
    shown: '`file:./data/cardwire.db`',
    parse: databaseUrl,
    isSecret: true,
  },
  role: withDefault(
    'ROLE',
    'all',
    oneOf('all', 'api', 'worker'),
    'What this process does. SQLite serves one process: `all`.',
  ),
  secretKeys: {
    name: 'SECRET_KEY',
    meaning:
      'Seals webhook URLs and secrets at rest: 32 bytes in base64. Several, separated by commas: the first seals, all open. Put a new one in front and keep the others: what they sealed is not sealed anew, and the last one recognises webhook URLs.',
    unset: [],
    shown: 'made once, in `secret-key` beside the database',
    parse: listOf(key32),
    isSecret: true,
  },
  adminToken: secret(
    'ADMIN_TOKEN',
    'Lets administrators in.',
    'made once, in `admin-token` beside the database',
  ),
  metricsToken: secret(
    'METRICS_TOKEN',
    'Lets Prometheus read `/metrics`.',
    'open while `PUBLIC_URL` is loopback, else closed',
  ),
  entraTenantIds: list('ENTRA_TENANT_IDS', uuid, 'The Entra tenants whose people may sign in.'),
  entraClientId: optional('ENTRA_CLIENT_ID', uuid, "The app registration's client id."),
  entraAppIdUri: optional(
    'ENTRA_APP_ID_URI',
    appIdUri,
    'Its application ID URI, as the app package names it and tokens of version 1 carry it.',
    '`api://{host of PUBLIC_URL}/{client id}`',
  ),
  entraAuthority: withDefault(
    'ENTRA_AUTHORITY',
    'https://login.microsoftonline.com',
    safeAddress,
    'Who issues tokens: keys at `{authority}/{tenant}/discovery/v2.0/keys`.',
  ),
  teamsAppId: optional(
    'TEAMS_APP_ID',
    uuid,
    'The id by which Teams knows the app.',
    'made once, in `teams-app-id` beside the database',
  ),
  teamsConnectorId: optional(
    'TEAMS_CONNECTOR_ID',
    uuid,
    'The id of a registered connector; adds `connectors` to the app package.',
  ),
  teamsOrigins: list(
    'TEAMS_ORIGINS',
    origin,
    "Origins that may show our pages in a frame, beyond Microsoft's.",
  ),
  webhookHosts: list(
    'WEBHOOK_HOSTS',
    originOrSuffix,
    "Where cards may be sent, beyond Microsoft's hosts: host suffixes (`.example.com`) or origins (`http://localhost:3979`). Only what is listed here may be http or on a private network.",
  ),
  operationsConfiguration: optional(
    'OPERATIONS_CONFIGURATION',
    uuid,
    'The `entityId` of the configuration that is told once when a channel cannot be reached or is gone.',
  ),
  giveUpAfterHours: number(
    'GIVE_UP_AFTER_HOURS',
    24,
    [1, 720],
    'How long a card is tried, from its first attempt.',
  ),
  retentionDays: number(
    'RETENTION_DAYS',
    30,
    [2, 3650],
    'How long events are kept, and after they were settled deliveries and the cards as they were sent. The audit log is kept for a year.',
  ),
  allowAnonymousSetup: {
    name: 'ALLOW_ANONYMOUS_SETUP',
    meaning:
      'Lets anyone on this machine configure without sign-in, to try it; only while `PUBLIC_URL` is loopback.',
    unset: false,
    shown: '`false`',
    parse: yesOrNo,
  },
  logLevel: withDefault(
    'LOG_LEVEL',
    'info',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'The least that is logged.',
  ),
} satisfies Record<string, Setting<unknown>>

/** What the environment settles without us. */
const notOurs = [
  '| `NODE_EXTRA_CA_CERTS` | none | A file with more certificate authorities to trust. Read by Node itself. |',
  '| `HTTPS_PROXY` `NO_PROXY` | | Not used yet: requests go out directly, whatever these say. |',
]

/** All settings as a table in Markdown. */
export function settingsTable(): string {
  const rows = Object.values<Setting<unknown>>(settings).map(
    ({ name, shown, meaning }) => `| \`${name}\` | ${shown} | ${meaning} |`,
  )
  return ['| setting | when unset | what it does |', '| --- | --- | --- |', ...rows, ...notOurs].join('\n')
}

function number(name: string, unset: number, [min, max]: [number, number], meaning: string): Setting<number> {
  return { name, meaning, unset, shown: `\`${unset}\``, parse: wholeNumber(min, max) }
}

function withDefault<Value extends string>(
  name: string,
  unset: NoInfer<Value>,
  parse: (text: string) => Value,
  meaning: string,
): Setting<Value> {
  return { name, meaning, unset, shown: `\`${unset}\``, parse }
}

function optional<Value>(
  name: string,
  parse: (text: string) => Value,
  meaning: string,
  shown = 'none',
): Setting<Value | undefined> {
  return { name, meaning, unset: undefined, shown, parse }
}

function list<Value>(name: string, parse: (text: string) => Value, meaning: string): Setting<Value[]> {
  return { name, meaning: `${meaning} Separated by commas.`, unset: [], shown: 'none', parse: listOf(parse) }
}

function secret(name: string, meaning: string, shown: string): Setting<string | undefined> {
  return { name, meaning, unset: undefined, shown, parse: token(20), isSecret: true }
}

function databaseUrl(text: string): string {
  if (/^postgres(ql)?:\/\//i.test(text)) return text
  if (/^file:[^?#]+$/.test(text) && !text.includes(':memory:')) return text
  throw new Unfit('must be file: and a path, such as file:./data/cardwire.db, without parameters')
}

function appIdUri(text: string): string {
  if (/^(api|https):\/\/\S+$/.test(text)) return text
  throw new Unfit('must be an application ID URI such as api://cardwire.example.com/{client id}')
}
