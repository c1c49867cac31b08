/**
 * What an endpoint said, without the webhook URL that it was asked at: gateways like to repeat what they were asked for,
 * and what is kept of an answer is shown to everyone in the channel. Does not know a URL that was taken apart or encoded
 * in other ways than a URL is.
 */
export function withoutUrl(text: string, url: string): string {
  if (text.length < shortestSecret) return text
  const { origin, pathname, search, searchParams } = new URL(url)
  const secrets = [url, origin + pathname + search, pathname + search, pathname, search.slice(1)]
  for (const value of searchParams.values()) secrets.push(value, encodeURIComponent(value))
  for (const part of search.slice(1).split('&')) secrets.push(part.slice(part.indexOf('=') + 1))
  return secrets
    .flatMap((secret) => [secret, asHtml(secret)])
    .filter((secret) => secret.length >= shortestSecret)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, secret) => left.replaceAll(secret, '…'), text)
}

/** Shorter ones are words, not secrets. */
const shortestSecret = 12

const asHtml = (text: string) => text.replaceAll('&', '&amp;')
