import { Type } from 'typebox'

/** What two people can edit carries its version as a strong ETag. */
export function toETag(version: number): string {
  return `"${version}"`
}

/** The headers of a change to what someone else may have changed meanwhile. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'The ETag that was read; a stale one gets 412.' })),
})

/**
 * The version that the caller saw, `'*'` when any will do, undefined when they do not say. Of several, the newest:
 * versions only grow, so that no other can be the current one. An ETag that is not ours matches none.
 */
export function versionIn(ifMatch: string | undefined): number | '*' | undefined {
  if (ifMatch === undefined) return undefined
  if (ifMatch.trim() === '*') return '*'
  const versions = [...ifMatch.matchAll(/"(\d{1,15})"/g)].map(([, version]) => Number(version))
  return Math.max(noVersion, ...versions)
}

/** Versions begin at 1. */
const noVersion = 0
