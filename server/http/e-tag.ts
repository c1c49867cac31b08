import { AppError } from '../errors.ts'

/** What two people can edit carries its version as a strong ETag. */
export function toETag(version: number): string {
  return `"${version}"`
}

/**
 * The version that the caller saw, or undefined when they do not say.
 * @throws {AppError} `request-invalid` when it is not one of our ETags.
 */
export function versionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const version = /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(ifMatch)?.[1]
  if (version !== undefined) return Number(version)
  throw new AppError('request-invalid', {
    public: 'If-Match is not an ETag of this server: send the ETag of the last answer as it is.',
  })
}
