import { createHash } from 'node:crypto'
import { equalSecrets } from '../lib/equal-secrets.ts'

/** Whether a bearer token is the administrator's, in a time that tells nothing about it. */
export function isAdminToken(given: string, adminToken: string): boolean {
  return equalSecrets(given, adminToken)
}

/** A working day, and a little. */
export const ADMIN_SESSION_MS = 12 * 60 * 60 * 1000

/**
 * Sessions of administrators who signed in with the admin token.
 *
 * A session is a sealed text that its browser keeps, so that any of several processes knows it and a restart ends
 * none. It is sealed for the admin token that opened it: another `ADMIN_TOKEN` ends them all. Signing out makes the
 * browser forget it; a copy taken before that would go on working until its time is over.
 */
export interface AdminSessions {
  /** What the browser is to keep. */
  open(): string
  /** Until when it is good; undefined for anything that is not, or no longer, a session. */
  endOf(session: string): Date | undefined
}

export function createAdminSessions(tools: {
  sealer: { seal(plain: string, row: string): string; open(sealed: string, row: string): string }
  adminToken: string
  now: () => Date
}): AdminSessions {
  const { sealer, now } = tools
  const row = `admin-session:${createHash('sha256').update(tools.adminToken).digest('base64url')}`
  return {
    open: () => sealer.seal(String(now().getTime() + ADMIN_SESSION_MS), row),
    endOf(session) {
      const end = endIn(session)
      return end !== undefined && end > now().getTime() ? new Date(end) : undefined
    },
  }

  function endIn(session: string): number | undefined {
    try {
      return Number(sealer.open(session, row))
    } catch {
      return undefined
    }
  }
}
