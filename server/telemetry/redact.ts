/**
 * Takes out of a line of log what looks like a webhook URL, a token or a proof.
 *
 * This is the last resort and not the rule: nobody should log such things in the first place. Every absolute
 * http address loses all but scheme and host, since for a webhook URL the path and the query are the secret
 * and we need no other address whole. What it cannot see: a secret that is a plain word, an address without
 * its scheme or host, anything encoded (base64, percent signs) or cut in two.
 *
 * @param line may be JSON: quotes and backslashes end what is taken out, so JSON stays JSON.
 */
export function redactSecrets(line: string): string {
  if (!mayHoldSecret.test(line)) return line
  return line
    .replace(addresses, '$1$2/…')
    .replace(signatures, '$1=…')
    .replace(proofs, '$1 …')
    .replace(jwts, '…')
    .replace(secretSegments, '$1…')
}

/**
 * A request's path as it may be logged: without the query, and without the segments that are secrets
 * (`/hooks/:sourceKey/:secret`, `/a/:token`, `/api/card-actions/:token`). Segments that hide what they are behind
 * percent signs, or are longer than any id of ours, go too.
 */
export function redactPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const shown = path.replace(secretSegments, '$1…').replace(/[^/]{37,}|[^/]*%[^/]*/g, '…')
  return shown.length > 200 ? `${shown.slice(0, 199)}…` : shown
}

/** One cheap look, since almost no line holds anything to take out. Patterns of routes (`/hooks/:key`) are fine. */
const mayHoldSecret =
  /https?:\/\/|\b(sig|token|secret|code)=|Bearer\s|HMAC\s|eyJ|\/(hooks|a|card-actions)\/(?!:)/i

/** Scheme and host stay; a user before them and everything after them goes. */
const addresses = /(\bhttps?:\/\/)(?:[^\s"'\\/?#@<>]*@)?([^\s"'\\/?#<>]*)[/?#][^\s"\\<>]*/gi
const signatures = /\b(sig|token|secret|code)=[^\s"'\\&]+/gi
const proofs = /\b(Bearer|HMAC)\s+[A-Za-z0-9+/=._~-]{8,}/g
const jwts = /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*/g
/** `$1` is everything before the secret. */
const secretSegments = /((?:\/hooks\/[^/\s"'\\?#]+|\/a|\/api\/card-actions)\/)[^\s"'\\?#]+/gi
