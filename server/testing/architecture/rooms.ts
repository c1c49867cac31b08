import { posix } from 'node:path'
import type { Import, Module } from './read-module.ts'

/**
 * The rooms of the server, from the top row to the bottom. Imports go down only, never sideways between two
 * rooms of one row; within a room they are free.
 */
const rows: readonly (readonly string[])[] = [
  ['main', 'app', 'context', 'package', 'vite.config'],
  ['http'],
  ['mentions'],
  ['actions'],
  ['events', 'configurations'],
  ['delivery'],
  ['sources', 'rules', 'cards', 'auth', 'secrets', 'storage', 'telemetry', 'app-package'],
  ['errors', 'config', 'version'],
  // What an error tells people is a noun, too.
  ['model'],
  // Knows nothing of us, so that it lies below everything.
  ['lib'],
]

/** Neighbours of which one is handed what the other makes, and so must know its type, but no more. */
const handedIn = new Set(['storage is handed secrets'])

/** These run the process and may use each other. */
const TOP = 0

/** Everything that is wrong with where a module is and what it imports of ours. */
export function roomFaults(module: Module): string[] {
  const own = placeOf(module.path)
  if (own.part === 'other') return []
  if (own.part === 'server' && own.row === undefined) {
    return [`${module.path} is in no room: server/${own.room} has no row in the list of rooms.`]
  }
  return module.imports.flatMap((one) => {
    const target = resolved(module.path, one.specifier)
    if (target === undefined) return []
    const why = refusal(own, placeOf(target), one)
    return why ? [`${module.path}:${one.line} imports ${target}: ${why}`] : []
  })
}

interface Place {
  part: 'server' | 'web' | 'e2e' | 'other'
  room: string
  row: number | undefined
  isTest: boolean
}

export function placeOf(path: string): Place {
  const [top = '', second = ''] = path.split('/')
  const part = top === 'server' || top === 'web' || top === 'e2e' ? top : 'other'
  const name = second.replace(/\.test(?=\.)/, '').replace(/\.tsx?$/, '')
  // The settings are one room in several files: config.ts, config-table.ts.
  const room = name.startsWith('config-') ? 'config' : name
  const isTest = /\.(test|spec)\.tsx?$/.test(path) || (part === 'server' && room === 'testing')
  const row = rows.findIndex((names) => names.includes(room))
  return { part, room, row: part === 'server' && row >= 0 ? row : isTest ? TOP : undefined, isTest }
}

function resolved(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined
}

function refusal(own: Place, target: Place, { isTypeOnly }: Import): string | undefined {
  if (own.isTest || own.part === 'e2e') return undefined
  if (target.isTest) return 'only tests import what is made for tests.'
  if (own.part === 'web') return refusalInWeb(target)
  if (target.part === 'web' || target.part === 'e2e') return `the server does not know ${target.part}/.`
  if (target.part === 'other' || target.row === undefined || own.row === undefined) return undefined
  if (target.room === own.room || (own.row === TOP && target.row === TOP)) return undefined
  if (isTypeOnly && handedIn.has(`${own.room} is handed ${target.room}`)) return undefined
  if (target.row === own.row) return `${own.room} and ${target.room} are neighbours; imports go down only.`
  if (target.row < own.row) return `${target.room} lies above ${own.room}; imports go down only.`
  const isReader = own.row === TOP && own.room !== 'app'
  if (target.room === 'config' && !isTypeOnly && !isReader) {
    return 'settings are read once, at the start; import their type and be given their values.'
  }
  return undefined
}

function refusalInWeb(target: Place): string | undefined {
  if (target.part === 'server' && target.room !== 'model') return 'web/ knows of the server only its model.'
  return target.part === 'e2e' ? 'web/ does not know e2e/.' : undefined
}
