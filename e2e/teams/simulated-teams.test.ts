import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ReceivedOverHttp, State } from './model.ts'
import { createSimulatedTeams, type SimulatedTeams } from './simulated-teams.ts'
import { answers } from './webhooks/answers.ts'

let now = 0
let teams: SimulatedTeams
beforeEach(async () => {
  now = Date.parse('2026-11-20T09:00:00Z')
  teams = await createSimulatedTeams({ now: () => now })
})
afterEach(async () => {
  const unused = teams.unusedScripts()
  await teams.close()
  expect(unused).toEqual([])
})

/** On a connection of its own: one kept alive may be to a server that has stopped since. */
async function post(url: string, body: unknown): Promise<{ status: number; body: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { connection: 'close' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.text() }
}

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(teams.url + path, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  })
  expect(response.status).toBeLessThan(300)
  return (response.status === 204 ? undefined : await response.json()) as T
}

const CARD = { '@type': 'MessageCard', summary: 'A task was created' }

/** A text message of exactly so many bytes on the wire. */
const messageOf = (bytes: number) => JSON.stringify({ text: 'a'.repeat(bytes - '{"text":""}'.length) })

describe('a webhook URL', () => {
  test('has the shape of Teams’ own', () => {
    const { webhookUrl } = teams.createConnector()
    expect(new URL(webhookUrl).pathname).toMatch(
      /^\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36}$/,
    )
  })

  test('takes a card, a text, and an envelope', async () => {
    const { webhookUrl, channelId } = teams.createConnector()
    const envelope = {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }],
    }
    for (const message of [CARD, { text: 'hello' }, envelope]) {
      expect(await post(webhookUrl, message)).toEqual(answers.delivered)
    }
    expect(teams.feed(channelId).map(({ message }) => message)).toEqual([CARD, { text: 'hello' }, envelope])
  })

  test.each([
    ['a card without summary or text', { title: 'x', sections: [] }, answers.summaryOrTextRequired],
    ['an empty summary', { summary: ' ' }, answers.summaryOrTextRequired],
    ['an envelope without attachments', { type: 'message', attachments: [] }, answers.summaryOrTextRequired],
    ['what is not JSON', '{"text":', answers.badPayload],
    ['what is not an object', '["text"]', answers.badPayload],
    ['nothing', '', answers.badPayload],
  ])('refuses %s in Teams’ words', async (_what, message, answer) => {
    const { webhookUrl, channelId } = teams.createConnector()
    expect(await post(webhookUrl, message)).toEqual(answer)
    expect(teams.feed(channelId)).toEqual([])
  })

  test('answers 410 until the save is complete, and again for ever after the removal', async () => {
    const { id, webhookUrl } = teams.createConnector({ completed: false })
    expect(await post(webhookUrl, CARD)).toEqual(answers.gone)
    teams.completeConnector(id)
    expect(await post(webhookUrl, CARD)).toEqual(answers.delivered)
    teams.removeConnector(id)
    expect(await post(webhookUrl, CARD)).toEqual(answers.gone)
    expect(teams.completeConnector(id)).toBeUndefined()
    expect(await post(webhookUrl, CARD)).toEqual(answers.gone)
  })

  test('answers 404 when it was never minted', async () => {
    const { webhookUrl } = teams.createConnector()
    expect(await post(webhookUrl.replace(/[0-9a-f]{32}/, '0'.repeat(32)), CARD)).toEqual(answers.neverMinted)
  })

  test('drifts: the new one is dead until the edit is saved, the old one afterwards', async () => {
    const { id, webhookUrl } = teams.createConnector()
    const drifted = teams.mintAgain(id) ?? ''
    expect([(await post(webhookUrl, CARD)).status, (await post(drifted, CARD)).status]).toEqual([200, 410])
    teams.completeConnector(id, { webhookUrl: drifted })
    expect([(await post(webhookUrl, CARD)).status, (await post(drifted, CARD)).status]).toEqual([410, 200])
    teams.removeConnector(id)
    expect((await post(drifted, CARD)).status).toBe(410)
  })
})

test('every URL ever minted and every token ever issued stays on record, for whoever looks for leaks', async () => {
  const { id, webhookUrl } = teams.createConnector()
  const drifted = teams.mintAgain(id)
  const good = await teams.entra.issueToken()
  const bad = await teams.entra.issueToken({}, { fault: 'expired' })
  teams.removeConnector(id)
  teams.reset()
  expect(teams.secrets).toEqual(expect.arrayContaining([webhookUrl, drifted, good, bad]))
})

describe('limits', () => {
  test('turn the fifth message of a second away with a 200, and take it a second after the first', async () => {
    const { webhookUrl } = teams.createConnector()
    for (let n = 0; n < 4; n += 1) expect(await post(webhookUrl, CARD)).toEqual(answers.delivered)
    now += 999
    expect(await post(webhookUrl, CARD)).toEqual(answers.throttled)
    expect(teams.received.at(-1)?.overLimit).toBe('4 in 1 s')
    now += 1
    expect(await post(webhookUrl, CARD)).toEqual(answers.delivered)
  })

  test('belong to each connector alone, and follow it to a drifted URL', async () => {
    const one = teams.createConnector()
    const other = teams.createConnector()
    for (let n = 0; n < 4; n += 1) await post(one.webhookUrl, CARD)
    expect(await post(other.webhookUrl, CARD)).toEqual(answers.delivered)
    const drifted = teams.mintAgain(one.id) ?? ''
    teams.completeConnector(one.id, { webhookUrl: drifted })
    expect(await post(drifted, CARD)).toEqual(answers.throttled)
  })

  test('measure 1.18 times what was sent against 28 KB', async () => {
    const { webhookUrl } = teams.createConnector()
    const most = Math.floor((28 * 1024) / 1.18)
    expect(await post(webhookUrl, messageOf(most))).toEqual(answers.delivered)
    expect(await post(webhookUrl, messageOf(most + 1))).toEqual(answers.tooLarge)
  })

  test('can be lifted', async () => {
    teams.setSwitches({ withoutLimits: true })
    const { webhookUrl } = teams.createConnector()
    for (let n = 0; n < 10; n += 1)
      expect(await post(webhookUrl, messageOf(40_000))).toEqual(answers.delivered)
  })
})

describe('scripted answers', () => {
  test('are given in order, then the real ones again', async () => {
    const { webhookUrl } = teams.createConnector()
    teams.script(webhookUrl, [answers.throttled, { status: 429, headers: { 'retry-after': '7' }, body: '' }])
    expect(await post(webhookUrl, CARD)).toEqual(answers.throttled)
    const second = await fetch(webhookUrl, { method: 'POST', body: JSON.stringify(CARD) })
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await post(webhookUrl, CARD)).toEqual(answers.delivered)
  })

  test('of a channel wait for whichever of its connectors is asked', async () => {
    const [, product] = teams.channels
    const { webhookUrl, channelId } = teams.createConnector(product ? { channelId: product.id } : {})
    teams.script(channelId, [{ status: 500, body: 'oh' }])
    expect((await post(teams.createConnector().webhookUrl, CARD)).status).toBe(200)
    expect(await post(webhookUrl, CARD)).toEqual({ status: 500, body: 'oh' })
  })

  test('that nobody asked for are reported', () => {
    teams.script('http://localhost/never', [{ status: 500 }])
    expect(teams.unusedScripts()).toEqual([{ target: 'http://localhost/never', answers: [{ status: 500 }] }])
    teams.clearScripts()
  })

  test('can be late, close the socket, or never come', async () => {
    const { webhookUrl, channelId } = teams.createConnector()
    teams.script(webhookUrl, [{ slowMs: 20 }, { reset: true }, { hang: true, shown: true }])
    expect(await post(webhookUrl, CARD)).toEqual(answers.delivered)
    await expect(post(webhookUrl, CARD)).rejects.toThrow('fetch failed')
    const cut = AbortSignal.timeout(200)
    await expect(
      fetch(webhookUrl, { method: 'POST', body: JSON.stringify(CARD), signal: cut }),
    ).rejects.toThrow()
    expect(teams.received.map(({ answer, shown }) => [answer, shown])).toEqual([
      [answers.delivered, true],
      ['reset', false],
      ['hang', true],
    ])
    expect(teams.feed(channelId)).toHaveLength(2)
  })

  test('never hide that a window was broken', async () => {
    const { webhookUrl } = teams.createConnector()
    teams.script(
      webhookUrl,
      Array.from({ length: 5 }, () => answers.delivered),
    )
    for (let n = 0; n < 5; n += 1) expect(await post(webhookUrl, CARD)).toEqual(answers.delivered)
    expect(teams.received.map(({ overLimit }) => overLimit)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      '4 in 1 s',
    ])
  })
})

describe('the record', () => {
  test('keeps bytes, headers, time, channel and the answer given', async () => {
    const { webhookUrl, id, channelId } = teams.createConnector()
    const raw = Buffer.from([0x7b, 0xff, 0x00, 0x7d])
    await fetch(webhookUrl, { method: 'POST', headers: { 'x-mark': '7' }, body: raw })
    expect(teams.received).toHaveLength(1)
    const [received] = teams.received
    expect(received).toMatchObject({
      at: now,
      webhookUrl,
      channelId,
      connectorId: id,
      answer: answers.badPayload,
      shown: false,
    })
    expect(received?.raw).toEqual(raw)
    expect(received?.headers['x-mark']).toBe('7')
  })

  test('lets one wait for what has not come yet, and says so when it does not come', async () => {
    const { webhookUrl } = teams.createConnector()
    const arrival = teams.arrival(({ text }) => text.includes('second'))
    await post(webhookUrl, { text: 'first' })
    await post(webhookUrl, { text: 'second' })
    expect((await arrival).id).toBe(2)
    expect((await teams.arrival(({ text }) => text.includes('first'))).id).toBe(1)
    await expect(teams.arrival(({ text }) => text.includes('third'), 10)).rejects.toThrow('2 requests did')
  })

  test('is read and cleared over HTTP', async () => {
    const { webhookUrl } = teams.createConnector()
    await post(webhookUrl, CARD)
    const of = `/control/received?webhookUrl=${encodeURIComponent(webhookUrl)}`
    const [received] = await control<ReceivedOverHttp[]>('GET', of)
    expect(received).toMatchObject({ webhookUrl, text: JSON.stringify(CARD), answer: answers.delivered })
    await control('DELETE', '/control/received')
    expect(await control('GET', of)).toEqual([])
  })
})

describe('control over HTTP', () => {
  test('makes, completes and removes connectors', async () => {
    const channelId = teams.channels.at(-1)?.id
    const { id, webhookUrl } = await control<{ id: string; webhookUrl: string }>(
      'POST',
      '/control/connectors',
      { channelId },
    )
    expect((await post(webhookUrl, CARD)).status).toBe(410)
    await control('POST', `/control/connectors/${id}/complete`, {
      settings: { entityId: 'e', configName: 'Mine' },
    })
    expect((await post(webhookUrl, CARD)).status).toBe(200)
    expect(teams.feed(channelId ?? '')).toMatchObject([{ title: 'Mine', appName: 'Incoming Webhook' }])
    await control('DELETE', `/control/connectors/${id}`)
    expect((await post(webhookUrl, CARD)).status).toBe(410)
  })

  test('scripts answers and reports unused ones', async () => {
    await control('POST', '/control/scripts', { target: 'x', answers: [{ hang: true }] })
    expect(await control('GET', '/control/scripts/unused')).toEqual([
      { target: 'x', answers: [{ hang: true }] },
    ])
    await control('DELETE', '/control/scripts')
    expect(await control('GET', '/control/scripts/unused')).toEqual([])
  })

  test('sets switches and session, and refuses what is neither', async () => {
    await control('PUT', '/control/switches', { lostContentUrl: true })
    await control('PUT', '/control/session', { theme: 'dark' })
    const state = await control<State>('GET', '/control/state')
    expect(state.switches).toMatchObject({ lostContentUrl: true, lateSettings: false })
    expect(state.session).toMatchObject({ theme: 'dark', locale: 'en-US' })
    const wrong = { switches: { lostContentUrl: 'perhaps' }, session: { theme: 'pink' } }
    for (const [path, body] of Object.entries(wrong)) {
      const answer = await fetch(`${teams.url}/control/${path}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(answer.status).toBe(400)
    }
  })

  test('refuses a token to the host while that bug is on', async () => {
    teams.setSwitches({ authTokenFails: true })
    expect((await fetch(`${teams.url}/control/auth-token`, { method: 'POST' })).status).toBe(403)
  })

  test('forgets everything on reset', async () => {
    const { webhookUrl, channelId } = teams.createConnector()
    await post(webhookUrl, CARD)
    teams.setSwitches({ lateSettings: true })
    await control('POST', '/control/reset')
    expect(teams.received).toEqual([])
    expect(teams.feed(channelId)).toEqual([])
    expect(teams.connectors).toEqual([])
    expect(teams.switches.lateSettings).toBe(false)
    expect((await post(webhookUrl, CARD)).status).toBe(404)
  })
})

describe('a sample', () => {
  type Posted = { headers: IncomingHttpHeaders; body: string }
  const posted: Posted[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(202, { connection: 'close' }).end('{"events":[]}')
    })
  })
  const samples = [{ id: 'created', title: 'A task was created', body: { id: '{{id}}', at: '{{now}}' } }]
  let url = ''

  beforeEach(async () => {
    posted.length = 0
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/tasks`
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  test('is posted to its sender’s address, new at each press', async () => {
    teams.setSenders([{ id: 'tasks', title: 'Tasks', url, headers: { authorization: 'Bearer s' }, samples }])
    expect(await teams.fire('tasks', 'created')).toEqual({ status: 202, body: '{"events":[]}' })
    await teams.fire('tasks', 'created')
    expect(posted[0]?.headers.authorization).toBe('Bearer s')
    expect(posted[0]?.body).toMatch(/^{"id":"[0-9a-f-]{36}","at":"2026-11-20T09:00:00.000Z"}$/)
    expect(posted[0]?.body).not.toBe(posted[1]?.body)
    expect(await teams.fire('tasks', 'unknown')).toBeUndefined()
  })

  test('is signed as GitHub signs, over the very bytes that are sent', async () => {
    const signed = { header: 'x-hub-signature-256', secret: 'It’s a secret' }
    teams.setSenders([{ id: 'github', title: 'GitHub', url, headers: {}, signed, samples }])
    await teams.fire('github', 'created')
    const [{ headers, body } = { headers: {}, body: '' }] = posted
    const proof = createHmac('sha256', signed.secret).update(body).digest('hex')
    expect(headers['x-hub-signature-256']).toBe(`sha256=${proof}`)
  })

  test('that nobody takes says so', async () => {
    teams.setSenders([{ id: 'tasks', title: 'Tasks', url: 'http://127.0.0.1:1/', headers: {}, samples }])
    expect(await teams.fire('tasks', 'created')).toMatchObject({
      failed: expect.stringContaining('http://127.0.0.1:1/'),
    })
  })
})

test('connectors, tabs, posts, session and signing keys survive a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-teams-'))
  const stateFile = join(folder, 'state.json')
  const first = await createSimulatedTeams({ stateFile })
  const live = first.createConnector()
  const removed = first.createConnector()
  first.removeConnector(removed.id)
  await post(live.webhookUrl, CARD)
  const tab = first.addTab({ connectorId: 'tiny', settings: { entityId: 'e-1' } })
  first.setSession({ theme: 'contrast' })
  const keys = await first.entra.keys()
  await first.close()

  const second = await createSimulatedTeams({ stateFile, port: first.port })
  expect(second.feed(live.channelId)).toMatchObject([{ message: CARD }])
  expect(second.tabs).toEqual([tab])
  expect(second.session.theme).toBe('contrast')
  expect(await second.entra.keys()).toEqual(keys)
  expect(await post(live.webhookUrl, CARD)).toEqual(answers.delivered)
  expect(await post(removed.webhookUrl, CARD)).toEqual(answers.gone)
  await second.close()
  rmSync(folder, { recursive: true })
})
