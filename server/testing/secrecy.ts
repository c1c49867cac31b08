/**
 * Keeps watch that nothing secret gets out. A test names its secrets and shows the answers it was given; at the
 * end all that was written is searched for them, and for what looks like a secret whoever made it.
 */
export function createSecrecy(secrets: string[] = []) {
  const kept = new Set(secrets)
  const answers: string[] = []

  return {
    /** Of a webhook URL its path and query are the secret: the host may be told. */
    keep(...texts: string[]): void {
      for (const text of texts) {
        const url = URL.canParse(text) ? new URL(text) : undefined
        if (!url) kept.add(text)
        for (const part of url?.pathname.split('/') ?? []) if (part.length >= 16) kept.add(part)
        const signature = url?.searchParams.get('sig')
        if (signature) kept.add(signature)
      }
    },
    show(answer: string): void {
      answers.push(answer)
    },
    check(written: Record<string, readonly string[]>): void {
      for (const [where, texts] of Object.entries({ ...written, answers })) {
        for (const text of texts) {
          for (const secret of kept) {
            if (text.includes(secret)) throw new Error(`A secret got out into the ${where}: ${text}`)
          }
          if (looksSecret.test(text)) throw new Error(`What looks like a secret is in the ${where}: ${text}`)
        }
      }
    },
  }
}

/** A webhook's path with anything but the ellipsis that redaction leaves, a signature, a token. */
const looksSecret =
  /webhookb2\/[^…"\s]|\/workflows\/[0-9a-f]{8}|\bsig=[^…"\s]|Bearer [\w.-]{8}|\beyJ[\w-]{8,}\.|HMAC [\w+/=]{8}/
