import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What V8 writes with `--cpu-prof`: a tree of calls, and which of them each sample found, so many µs after the last. */
export interface CpuProfile {
  nodes: ProfileNode[]
  samples: number[]
  timeDeltas: number[]
}

interface ProfileNode {
  id: number
  callFrame: { functionName: string; url: string; lineNumber: number }
  children?: number[]
}

/** Time in one function or package by itself, without what it called. */
export interface SelfTime {
  name: string
  ms: number
}

/** The profile of the only process that wrote one into this folder. */
export function readProfile(folder: string): CpuProfile {
  const [name] = readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'))
  if (!name) throw new Error('The server wrote no profile.')
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile
}

/**
 * Where the time went: the functions and the packages, costliest first.
 * @param afterMs what comes before is left out: a start is another thing than what follows.
 */
export function selfTimes(profile: CpuProfile, afterMs = 0): { functions: SelfTime[]; packages: SelfTime[] } {
  const functions = new Map<string, number>()
  const packages = new Map<string, number>()
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node])))
  const msOf = sampledMs(profile, afterMs)
  for (const node of profile.nodes) {
    const ms = msOf.get(node.id)
    if (ms === undefined) continue
    const owner = packageOf(node, parents.get(node.id))
    add(functions, `${nameOf(node)} [${owner}]`, ms)
    add(packages, owner, ms)
  }
  return { functions: costliestFirst(functions), packages: costliestFirst(packages) }
}

function sampledMs({ samples, timeDeltas }: CpuProfile, afterMs: number): Map<number, number> {
  const msOf = new Map<number, number>()
  let atMs = 0
  for (const [index, id] of samples.entries()) {
    const ms = (timeDeltas[index] ?? 0) / 1000
    atMs += ms
    if (atMs > afterMs) add(msOf, id, ms)
  }
  return msOf
}

const mostFunctions = 25

/** The costliest functions and the packages, in percent of the time in which the server was not idle. */
export function profileReport(profile: CpuProfile, afterMs: number): string {
  const { functions, packages } = selfTimes(profile, afterMs)
  const busyMs = packages.reduce((sum, { name, ms }) => (name === 'idle' ? sum : sum + ms), 0)
  const lines = (times: SelfTime[]) =>
    times.map(({ name, ms }) => `| ${share(name, ms)} | ${Math.round(ms)} ms | ${name} |`)
  const share = (name: string, ms: number) => (name === 'idle' ? '' : `${((100 * ms) / busyMs).toFixed(1)} %`)
  const busy = functions.filter(({ name }) => !name.startsWith('(idle)')).slice(0, mostFunctions)
  const large = packages.filter(({ ms }) => ms >= busyMs / 200)
  return [
    '| of the busy time | self | function |',
    '| ---: | ---: | --- |',
    ...lines(busy),
    '',
    '| of the busy time | self | package |',
    '| ---: | ---: | --- |',
    ...lines(large),
  ].join('\n')
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = url.split('/').at(-1)
  return `${functionName || '(anonymous)'}${file ? ` ${file}:${lineNumber + 1}` : ''}`
}

/** What V8 itself does, told under names of its own. */
const machinery: Record<string, string> = {
  '(idle)': 'idle',
  '(garbage collector)': 'gc',
  '(program)': 'native code',
  '(root)': 'native code',
}

/**
 * Whose time it is. What native code takes is told as its caller's, so that the two functions of Prisma's adapter that
 * run statements are SQLite's time.
 */
function packageOf({ callFrame }: ProfileNode, parent: ProfileNode | undefined): string {
  const { url, functionName } = callFrame
  if (url === '') return machinery[functionName] ?? (parent ? packageOf(parent, undefined) : 'native code')
  if (url.startsWith('node:')) return 'node'
  const found = /.*\/packages\/((?:@[^/]+\/)?[^/]+)\.js$/.exec(url)?.[1] ?? installed.exec(url)?.[1]
  if (!found) return 'own'
  if (runsStatements.has(functionName) && found === '@prisma/adapter-better-sqlite3') return 'better-sqlite3'
  return found.startsWith('@prisma/') ? 'prisma' : found
}

/** What the build leaves where it is installed. */
const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//

const runsStatements = new Set(['executeIO', 'performIO'])

function add<Key>(to: Map<Key, number>, key: Key, ms: number): void {
  to.set(key, (to.get(key) ?? 0) + ms)
}

function costliestFirst(times: Map<string, number>): SelfTime[] {
  return [...times].map(([name, ms]) => ({ name, ms })).toSorted((a, b) => b.ms - a.ms)
}
