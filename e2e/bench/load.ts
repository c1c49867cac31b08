import { Agent, request } from 'undici'

/**
 * Posts bodies over so many keep-alive connections at once, as fast as they are answered.
 * @param bodyOf what the nth request sends, and where.
 * @returns seconds it took.
 * @throws {Error} when an answer is not the expected one.
 */
export async function post(options: {
  count: number
  connections: number
  expected: number
  headers?: Record<string, string>
  requestOf(index: number): { url: string; body: string }
}): Promise<number> {
  const { count, connections, expected, headers, requestOf } = options
  const dispatcher = new Agent({ connections, pipelining: 1 })
  let next = 0
  const work = async () => {
    while (next < count) {
      const { url, body } = requestOf(next++)
      const { statusCode, body: answer } = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        dispatcher,
      })
      const text = await answer.text()
      if (statusCode !== expected) throw new Error(`Answered ${statusCode}: ${text}`)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - start) / 1000
  await dispatcher.close()
  return seconds
}
