import { isIP } from 'node:net'
import { isLoopback } from './is-loopback.ts'

/** One setting: what it means, what it is when unset, and how its text is understood. */
export interface Setting<Value> {
  /** As it stands in the environment. */
  name: string
  meaning: string
  /** What it is when nothing is given; `shown` says it in the documentation. */
  unset: Value
  shown: string
  /** @throws {Unfit} when the text cannot be understood. */
  parse: (text: string) => Value
  /** Whether the text may not be repeated in a fault. */
  isSecret?: boolean
}

/** Why a setting's text does not fit, to be read after its name: "must be a whole number". */
export class Unfit extends Error {}

export type SettingReader = ReturnType<typeof createSettingReader>

/** Reads settings from an environment and gathers every fault; a setting with a fault is as if unset. */
export function createSettingReader(environment: Readonly<Record<string, string | undefined>>) {
  const faults: string[] = []
  return {
    /** In words, for whoever sets them; more may be added. */
    faults,
    /** An empty text counts as unset, since that is how compose files and shells leave a setting out. */
    read<Value>({ name, unset, parse, isSecret }: Setting<Value>): Value {
      const text = environment[name]?.trim() ?? ''
      if (text === '') return unset
      try {
        return parse(text)
      } catch (error) {
        if (!(error instanceof Unfit)) throw error
        faults.push(`${name} ${error.message}${isSecret ? '' : `, not "${text.slice(0, 200)}"`}.`)
        return unset
      }
    },
  }
}

export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new Unfit(`must be a whole number from ${min} to ${max}`)
  }
}

export function oneOf<Word extends string>(...words: readonly Word[]) {
  return (text: string): Word => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    throw new Unfit(`must be one of ${words.join(', ')}`)
  }
}

export function yesOrNo(text: string): boolean {
  return oneOf('true', 'false')(text) === 'true'
}

/** Several, separated by commas. */
export function listOf<Value>(parse: (text: string) => Value) {
  return (text: string): Value[] =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(parse)
}

export function uuid(text: string): string {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return text.toLowerCase()
  throw new Unfit('must be a UUID such as 2b1ff5b4-6a8e-4f3d-9a56-0e6d1f4a7c11')
}

export function hostName(text: string): string {
  if (isIP(text) !== 0 || hostPattern.test(text)) return text
  throw new Unfit('must be a host name or an IP address, without a port')
}

/** @param min characters; shorter ones can be guessed. */
export function token(min: number) {
  return (text: string): string => {
    if (text.length >= min && /^[\x21-\x7e]+$/.test(text)) return text
    throw new Unfit(
      `must be at least ${min} characters of ASCII without blanks; \`openssl rand -hex 32\` makes one`,
    )
  }
}

/** AES-256 takes 32 bytes. */
export function key32(text: string): Buffer {
  const key = Buffer.from(text, 'base64')
  const isBase64 = /^[\w+/-]+={0,2}$/.test(text)
  if (isBase64 && key.length === 32) return key
  throw new Unfit('must be 32 bytes in base64; `openssl rand -base64 32` makes one')
}

/** Scheme, host and port of a web address and nothing more. */
export function origin(text: string): string {
  const url = webAddress(text)
  if (url && `${url.pathname}${url.search}${url.hash}${url.username}` === '/') return url.origin
  throw new Unfit('must be an origin such as https://cardwire.example.com, without a path')
}

/** A web address, possibly with a path, that is https unless it is on this machine; no trailing slash. */
export function safeAddress(text: string): string {
  const url = webAddress(text)
  const isSafe = url && (url.protocol === 'https:' || isLoopback(url.hostname))
  if (isSafe && `${url.search}${url.hash}${url.username}` === '') return url.href.replace(/\/+$/, '')
  throw new Unfit('must be an https address (http only on localhost)')
}

/** An IP address or a range of them (`10.0.0.0/8`), or one of the names that proxies' libraries know. */
export function ipRange(text: string): string {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return text
  if (family !== 0 && isRange && more.length === 0) return text
  throw new Unfit('must list IP addresses or ranges such as 10.0.0.0/8')
}

/** An origin, or the end of a host name with at least two parts: `.example.com`, `hooks.example.com`. */
export function originOrSuffix(text: string): string {
  const bare = text.replace(/^\./, '')
  if (text.includes('://')) return origin(text)
  if (isIP(bare) === 0 && hostPattern.test(bare) && bare.includes('.')) return text.toLowerCase()
  throw new Unfit('must list host suffixes such as .example.com or origins such as http://localhost:3979')
}

const hostPattern = /^(?!-)[a-z\d-]{1,63}(?<!-)(\.(?!-)[a-z\d-]{1,63}(?<!-))*$/i

function webAddress(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  return new URL(text)
}
