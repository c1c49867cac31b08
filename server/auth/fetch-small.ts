/** Microsoft's key sets are about 15 KB, its tokens less. */
const MAX_BYTES = 64 * 1024

/** Fetches from the identity provider: follows no redirects, and reads no more than such an answer can need. */
export function fetchSmall(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (url, init) => {
    const answer = await fetch(url, { ...init, redirect: 'manual' })
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of answer.body ?? []) {
      size += chunk.byteLength
      if (size > MAX_BYTES)
        throw new Error(`The identity provider's answer is larger than ${MAX_BYTES} bytes.`)
      chunks.push(chunk)
    }
    return new Response(Buffer.concat(chunks), { status: answer.status, headers: answer.headers })
  }
}
