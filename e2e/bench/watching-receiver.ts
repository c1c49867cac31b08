import { createServer, type ServerResponse } from 'node:http'
import { monotonicMs } from './monotonic.ts'

/**
 * An endpoint that notes when each card came, by the mark in its title (`m1n42`), and that answers as the
 * webhook URL says: `throttled/…` says 429, `never/…` gets no answer, `in-outage/…` says 429 from `PUT /outage` on, and
 * everything else is taken. It runs in a process of its own. Prints its port; answers `GET /` with what has come since
 * it was last asked, and ends what it has left unanswered then.
 */
let arrivals: Record<string, number> = {}
let unanswered: ServerResponse[] = []
let isOutage = false
const server = createServer((request, response) => {
  const at = monotonicMs()
  if (request.method === 'GET') {
    response.end(JSON.stringify(arrivals))
    for (const one of unanswered) one.destroy()
    arrivals = {}
    unanswered = []
    return
  }
  if (request.method === 'PUT') {
    isOutage = true
    response.end()
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8')
    for (const [mark] of body.matchAll(/\bm\d+n\d+\b/g)) arrivals[mark] ??= at
    answer(request.url ?? '', response)
  })
})
server.keepAliveTimeout = 60_000

function answer(path: string, response: ServerResponse): void {
  if (path.includes('/never/')) {
    unanswered.push(response)
    return
  }
  if (path.includes('/throttled/')) response.writeHead(429, { 'retry-after': '5' }).end()
  else if (isOutage && path.includes('/in-outage/')) response.writeHead(429, { 'retry-after': '3600' }).end()
  else response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1 }).end('1')
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
})
process.once('SIGTERM', () => process.exit(0))
