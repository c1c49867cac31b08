import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { expect, test } from 'playwright/test'
import { startArguments } from '../cardwire-process.ts'

type Server = ChildProcessByStdio<null, Readable, Readable>

let folder: string
const started: Server[] = []
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cardwire-main-'))
})
test.afterEach(async () => {
  for (const server of started.splice(0)) if (server.exitCode === null) server.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

test('the process ends on SIGTERM, with its last line written', async () => {
  const { server, lines } = await startServer()
  server.kill('SIGTERM')
  expect(await ended(server)).toEqual({ code: 0, signal: null })
  expect(lines.at(-1)).toContain('"event":"server.stopped"')
})

test('the process ends on SIGTERM although nobody reads its output any more', async () => {
  const { server } = await startServer()
  server.stdout.destroy()
  server.stderr.destroy()
  server.kill('SIGTERM')
  expect(await ended(server)).toEqual({ code: 0, signal: null })
})

test('the process ends in time although someone is still sending it a request', async () => {
  const { server, lines } = await startServer()
  const [, port] = /listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(lines.join('\n')) ?? []
  const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
  const head = ['POST /hooks/slow HTTP/1.1', 'Host: cardwire', 'Content-Length: 1000', 'Expect: 100-continue']
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain('100 Continue')
  server.kill('SIGTERM')
  expect(await ended(server)).toEqual({ code: 0, signal: null })
  expect(lines.at(-1)).toContain('"event":"server.stopped"')
  socket.destroy()
})

test('the process refuses to start with a key that is not the one of its database, and with a second process', async () => {
  const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
  const { server } = await startServer({ SECRET_KEY: key(1) })
  const second = spawnServer({ ...listening, SECRET_KEY: key(1) })
  const said = saidBy(second)
  expect(await ended(second)).toEqual({ code: 1, signal: null })
  expect(said()).toMatch(/^Another Cardwire process is using .*\n$/)
  server.kill('SIGTERM')
  await ended(server)

  const other = spawnServer({ ...listening, SECRET_KEY: key(2) })
  const told = saidBy(other)
  expect(await ended(other)).toEqual({ code: 78, signal: null })
  expect(told()).toContain('SECRET_KEY')
  const rotated = await startServer({ SECRET_KEY: `${key(2)},${key(1)}` })
  rotated.server.kill('SIGTERM')
  await ended(rotated.server)
})

test('the process refuses to start with wrong settings, and says all of them at once', async () => {
  const server = spawnServer({ PORT: 'many', PUBLIC_URL: 'cardwire' })
  const said = saidBy(server)
  expect(await ended(server)).toEqual({ code: 78, signal: null })
  expect(said()).toContain('PORT')
  expect(said()).toContain('PUBLIC_URL')
})

const listening = { PORT: '0', PUBLIC_URL: 'http://127.0.0.1:3978' }

function saidBy(server: Server): () => string {
  const said: string[] = []
  server.stderr.on('data', (chunk: Buffer) => said.push(String(chunk)))
  return () => said.join('')
}

async function startServer(
  settings: Record<string, string> = {},
): Promise<{ server: Server; lines: string[] }> {
  const server = spawnServer({ ...listening, ...settings })
  const lines: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      lines.push(line)
      if (line.includes('"event":"server.ready"')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`The server ended (${code}): ${lines.join('\n')}`)))
  })
  return { server, lines }
}

function spawnServer(settings: Record<string, string>): Server {
  const server = spawn(process.execPath, startArguments, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, DATABASE_URL: `file:${folder}/cardwire.db`, ...settings },
  })
  started.push(server)
  return server
}

async function ended(server: Server) {
  const [code, signal] = await once(server, 'close')
  return { code, signal }
}
