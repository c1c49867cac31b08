import { equalSecrets } from '../lib/equal-secrets.ts'

/** Whether a bearer token is the administrator's, in a time that tells nothing about it. */
export function isAdminToken(given: string, adminToken: string): boolean {
  return equalSecrets(given, adminToken)
}
