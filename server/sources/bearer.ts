import type { IncomingHttpHeaders } from 'node:http'
import { equalSecrets } from '../lib/equal-secrets.ts'
import type { Text } from '../model/text.ts'

/** Whether `Authorization: Bearer …` carries one of the secrets. Each is compared, whichever it is. */
export function hasBearer(headers: IncomingHttpHeaders, secrets: readonly string[]): boolean {
  const [, token] = /^Bearer +(\S.*)$/i.exec(headers.authorization ?? '') ?? []
  if (token === undefined) return false
  // Node gives header bytes as Latin-1 text; what was sent is the secret's UTF-8.
  const given = Buffer.from(token, 'latin1')
  return secrets.filter((secret) => equalSecrets(given, secret)).length > 0
}

export function bearerProof(secret: string): Record<string, string> {
  return { authorization: `Bearer ${Buffer.from(secret, 'utf8').toString('latin1')}` }
}

export const bearerInWords: Text = {
  en: 'It sends the header “Authorization: Bearer”, a blank, and the secret.',
  fr: 'Il envoie l’en-tête «\u00A0Authorization: Bearer\u00A0», une espace, puis le secret.',
  zh: '它发送标头“Authorization: Bearer”，后跟一个空格和密钥。',
}
