import { createHash } from 'node:crypto'

/** Ids of any length are ids; one that is too long to keep is kept as its hash. */
export function fittingId(id: string, mostCharacters = 400): string {
  return id.length <= mostCharacters ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}
