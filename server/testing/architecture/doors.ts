import type { Module } from './read-module.ts'
import { placeOf } from './rooms.ts'

/**
 * One door to each outside thing: what may be reached for in one place only. A rule names what it guards, as
 * packages or as globals, and where that may be.
 */
interface Door {
  /** Where the rule holds. */
  within: RegExp
  /** Where the thing may be used. */
  at: RegExp
  packages?: RegExp
  /** Names of those packages that do nothing by themselves. */
  harmless?: RegExp
  globals?: RegExp
  /** Types are harmless, since they are gone at run time; unless even the words must stay behind the door. */
  evenTypes?: boolean
  why: string
}

const doors: readonly Door[] = [
  {
    within: /^server\//,
    at: /^server\/config\.ts$/,
    packages: /^(node:)?process$/,
    globals: /^process\.env$/,
    why: 'the environment is read in server/config.ts alone.',
  },
  {
    within: /^server\//,
    at: /^server\/http\//,
    packages: /^(fastify|@fastify\/.*)$/,
    evenTypes: true,
    why: 'server/http/ is the only home of Fastify, its types too.',
  },
  {
    within: /^server\//,
    at: /^server\/storage\//,
    packages: /^(@prisma\/.*|prisma|better-sqlite3|pg|node:sqlite)$|\/generated\//,
    evenTypes: true,
    why: 'server/storage/ is the only home of the database, its types too.',
  },
  {
    within: /^server\//,
    at: /^server\/(delivery\/send\.ts|auth\/.*)$/,
    packages: /^(undici|(node:)?(http|https|http2|net|tls|dgram))$/,
    harmless: /^(isIP|isIPv4|isIPv6|BlockList|SocketAddress|STATUS_CODES)$/,
    globals: /^(globalThis\.fetch|fetch|new WebSocket|new EventSource)$/,
    why: 'requests go out from server/delivery/send.ts and server/auth/ alone.',
  },
  {
    within: /^(server|web)\//,
    at: /^web\/teams\.ts$/,
    packages: /^@microsoft\/teams-js$/,
    evenTypes: true,
    why: 'web/teams.ts is the only one that knows teams-js.',
  },
  {
    within: /^web\//,
    at: /^web\/api\.ts$/,
    globals:
      /^(fetch|(window|globalThis|self)\.fetch\(\)|new XMLHttpRequest(\(\))?|new WebSocket|new EventSource|navigator\.sendBeacon\(\))$/,
    why: 'pages speak to the server through web/api.ts alone.',
  },
  {
    within: /^server\//,
    // The app's id is made once and kept, also by `npm run package`, which has no context.
    at: /^server\/(main|context|package|app-package\/teams-app-id)\.ts$/,
    packages: /^uuid$/,
    globals:
      /^(Date\.now|new Date\(\)|performance\.now|Math\.random|crypto\.randomUUID|randomUUID of (node:)?crypto)$/,
    why: 'time, chance and new ids are parameters, which enter in server/context.ts.',
  },
  {
    within: /^server\/(rules|cards|delivery\/(budget|decide|outcome)\.ts)/,
    at: /^$/,
    packages: /^(node:(?!crypto$|buffer$)|(fs|os|path|timers|child_process|worker_threads)(\/|$))/,
    globals: /^process\./,
    why: 'rules, cards and decisions are pure: what they need is handed in.',
  },
  {
    within: /^(server|web)\//,
    at: /^server\/storage\//,
    globals: /^a cast$/,
    why: 'a cast says what the types cannot prove: parse the value, or narrow it.',
  },
  {
    within: /^(server|web|e2e)\//,
    at: /^$/,
    globals: /^export \*$/,
    why: 'everything is exported by its name.',
  },
]

/** What a module reaches for that is behind another's door. Tests may do anything. */
export function doorFaults(module: Module): string[] {
  if (placeOf(module.path).isTest) return []
  return doors
    .filter(({ within, at }) => within.test(module.path) && !at.test(module.path))
    .flatMap((door) => [...throughPackages(module, door), ...throughGlobals(module, door)])
}

function throughPackages({ path, imports }: Module, { packages, harmless, evenTypes, why }: Door): string[] {
  return imports
    .filter(({ specifier, isTypeOnly, names }) => {
      const isGuarded = packages?.test(specifier) && (evenTypes || !isTypeOnly)
      const isHarmless =
        harmless !== undefined && names.length > 0 && names.every((name) => harmless.test(name))
      return isGuarded && !isHarmless
    })
    .map(({ specifier, line }) => `${path}:${line} imports ${specifier}: ${why}`)
}

function throughGlobals({ path, uses }: Module, { globals, why }: Door): string[] {
  return uses
    .filter(({ what }) => globals?.test(what))
    .map(({ what, line }) => `${path}:${line} uses ${what}: ${why}`)
}
