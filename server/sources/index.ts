import { genericJson } from './generic-json/generic-json.ts'
import type { Kind } from './source.ts'
import { tasks } from './tasks/tasks.ts'

/** Every kind there is, in the order in which administrators are offered them. */
export const kinds: readonly Kind[] = [tasks, genericJson]

export function kindOf(id: string): Kind | undefined {
  return kinds.find((kind) => kind.id === id)
}
