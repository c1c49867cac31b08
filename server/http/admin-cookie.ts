import type { FastifyRequest } from 'fastify'

/**
 * The cookie in which an administrator's browser keeps its session: sent to our own administration only, and readable
 * by no script. What is sealed has no sign that a cookie would need to escape. It is read without a plugin, which
 * would read the cookies of every request, also of those that may not have any.
 *
 * @param isHttps whether browsers reach us by https: they keep a `Secure` cookie for nothing else.
 */
export function adminCookie(
  session: string,
  { isHttps, lifeMs }: { isHttps: boolean; lifeMs: number },
): string {
  const age = `Max-Age=${Math.floor(lifeMs / 1000)}`
  return `cardwire-admin=${session}; Path=/api/admin; ${age}; HttpOnly; SameSite=Strict${isHttps ? '; Secure' : ''}`
}

export function adminSessionOf(request: FastifyRequest): string | undefined {
  return /(?:^|; *)cardwire-admin=([^;]*)/.exec(request.headers.cookie ?? '')?.[1]
}

/**
 * Whether it is a page of ours that asks, which a cookie alone does not prove. Browsers say it themselves; those that
 * do not, since the page came by plain http, name the origin with every change. Whoever says nothing is refused.
 */
export function isSameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin } = request.headers
  if (origin === undefined) return false
  return origin === new URL(publicUrl).origin || origin === `${request.protocol}://${request.host}`
}
