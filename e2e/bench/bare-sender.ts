import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'
import { Agent, request } from 'undici'
import { v7 as uuid } from 'uuid'

/**
 * The baseline of the first byte: what one writes first. A Fastify route that does one durable insert, answers 202
 * and posts a card at once, with no queue, no order, no budget and no record of what became of it. Prints its port.
 */
const [path = ':memory:', webhookUrl = ''] = process.argv.slice(2)
const database = new Sqlite(path)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec('CREATE TABLE event (id TEXT PRIMARY KEY, receivedAt INTEGER, body TEXT)')
const insert = database.prepare('INSERT INTO event VALUES (?, ?, ?)')
const dispatcher = new Agent({ pipelining: 1 })

const http = Fastify()
http.post<{ Body: { task: { title: string } } }>('/', async (incoming, reply) => {
  const id = uuid()
  insert.run(id, Date.now(), JSON.stringify(incoming.body))
  void reply.code(202).send({ events: [{ id }] })
  const { title } = incoming.body.task
  const card = { '@type': 'MessageCard', '@context': 'https://schema.org/extensions', summary: title, title }
  const headers = { 'content-type': 'application/json' }
  const answer = await request(webhookUrl, {
    method: 'POST',
    headers,
    body: JSON.stringify(card),
    dispatcher,
  })
  await answer.body.dump()
  return reply
})
const address = await http.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${new URL(address).port}\n`)
process.once('SIGTERM', () => process.exit(0))
