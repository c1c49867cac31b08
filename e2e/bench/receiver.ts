import { createServer } from 'node:http'

/**
 * An endpoint that takes everything as Teams does, and nothing else: `200` and `1`. It runs in a process of its
 * own, so that what is measured is the sender. Prints its port; answers `GET /` with how many it took since it was
 * last asked, and the last of them.
 */
let last = ''
let count = 0
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ count, last }))
    count = 0
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    last = Buffer.concat(chunks).toString('utf8')
    count += 1
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1 })
    response.end('1')
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
})
process.once('SIGTERM', () => process.exit(0))
