import { basename } from 'node:path'
import type { Module } from './read-module.ts'

/** Names that say nothing: a file that has no better one is not yet one thing. */
const empty = /^(utils?|helpers?|commons?|shared|misc|managers?|services?|info|data|types|constants)$/

/** Lists to which one adds a line; any other `index.ts` only hides where things are. */
const lists = /^server\/(sources|actions)\/index\.ts$/

/** What is wrong with a file's name. */
export function nameFaults({ path }: Pick<Module, 'path'>): string[] {
  const name = basename(path).replace(/(\.(test|spec|config|d))*\.tsx?$/, '')
  if (name === 'index' && !lists.test(path)) {
    return [`${path} is called index: only the lists of sources and actions are.`]
  }
  if (empty.test(name)) return [`${path} says nothing by its name: call it what it does.`]
  if (!/^[a-z\d]+(-[a-z\d]+)*$/.test(name)) return [`${path} is not written in kebab-case.`]
  return []
}
