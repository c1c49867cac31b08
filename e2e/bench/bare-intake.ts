import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'
import { v7 as uuid } from 'uuid'

/**
 * The baseline of the intake: a Fastify route that does one durable insert per request with better-sqlite3 (WAL,
 * synchronous FULL), which is what one writes first. Prints its port.
 */
const database = new Sqlite(process.argv[2] ?? ':memory:')
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec('CREATE TABLE event (id TEXT PRIMARY KEY, receivedAt INTEGER, body TEXT)')
const insert = database.prepare('INSERT INTO event VALUES (?, ?, ?)')

const http = Fastify()
http.post('/', async (request, reply) => {
  const id = uuid()
  insert.run(id, Date.now(), JSON.stringify(request.body))
  return reply.code(202).send({ events: [{ id }] })
})
const address = await http.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${new URL(address).port}\n`)
process.once('SIGTERM', () => process.exit(0))
