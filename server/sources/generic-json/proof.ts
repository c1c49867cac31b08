import { createHmac } from 'node:crypto'
import { equalSecrets } from '../../lib/equal-secrets.ts'
import type { Language } from '../../model/language.ts'
import { inLanguage, type Text } from '../../model/text.ts'
import { bearerInWords, bearerProof, hasBearer } from '../bearer.ts'
import type { RawRequest } from '../source.ts'
import type { GenericJsonSettings } from './settings.ts'

type Proof = GenericJsonSettings['proof']

/** Whether the request carries the prescribed proof. Looks at the raw bytes: nothing is decoded before. */
export function isProven(raw: RawRequest, secrets: readonly string[], proof: Proof): boolean {
  if (proof.by === 'bearer') return hasBearer(raw.headers, secrets)
  const given = raw.headers[proof.header.toLowerCase()]
  if (typeof given !== 'string') return false
  return secrets.filter((secret) => equalSecrets(given, signature(raw.body, secret, proof))).length > 0
}

/** The headers that prove this body. */
export function prove(body: Uint8Array, secret: string, proof: Proof): Record<string, string> {
  if (proof.by === 'bearer') return bearerProof(secret)
  return { [proof.header.toLowerCase()]: signature(body, secret, proof) }
}

/** How the sender proves itself, for whoever sets it up. */
export function proofInWords(proof: Proof): Text {
  if (proof.by === 'bearer') return bearerInWords
  const { header, prefix } = proof
  const hash = `HMAC-${proof.hash.toUpperCase().replace('SHA', 'SHA-')}`
  const how = { hex: { en: 'hexadecimal', fr: 'hexadécimal', zh: '十六进制' }, base64: 'Base64' }
  const encoding = (language: Language) => inLanguage(how[proof.encoding], language)
  return {
    en: `It sends the header “${header}”: ${prefix ? `“${prefix}” and ` : ''}the ${hash} of the raw body under the secret, in ${encoding('en')}.`,
    fr: `Il envoie l’en-tête «\u00A0${header}\u00A0»\u00A0: ${prefix ? `«\u00A0${prefix}\u00A0» suivi du` : 'le'} ${hash} du corps brut avec le secret, en ${encoding('fr')}.`,
    zh: `它发送标头“${header}”：${prefix ? `“${prefix}”，后跟` : ''}以密钥对原始正文计算的 ${hash}，采用${encoding('zh')}编码。`,
  }
}

/**
 * An empty secret signs nothing: anyone could have made that signature.
 * Signatures are compared as they are written, so a hexadecimal one must be in lower case, as all known senders
 * write it.
 */
function signature(body: Uint8Array, secret: string, proof: Extract<Proof, { by: 'hmac' }>): string {
  if (secret === '') return ''
  return `${proof.prefix ?? ''}${createHmac(proof.hash, secret).update(body).digest(proof.encoding)}`
}
