import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Run, Workflow } from './model.ts'
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

const card = (text: string) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  contentUrl: null,
  content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text }] },
})
const envelope = (...texts: string[]) => ({ type: 'message', attachments: texts.map(card) })

/** The status and text of the answer, on a connection of its own. */
async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { connection: 'close', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.text() }
}

/** How the runs of a workflow ended, oldest first. */
const endings = ({ id }: Workflow) =>
  (teams.runs(id) ?? []).toReversed().map(({ status, reason }) => reason ?? status)

describe('a workflow URL', () => {
  test('has the shape of Power Automate’s own', () => {
    const { pathname, searchParams } = new URL(teams.createWorkflow().webhookUrl)
    expect(pathname).toMatch(
      /^\/powerautomate\/automations\/direct\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke$/,
    )
    expect([...searchParams.keys()]).toEqual(['api-version', 'sp', 'sv', 'sig'])
  })

  test('takes an envelope with 202 and nothing more, and the Flow bot posts each of its cards', async () => {
    const workflow = teams.createWorkflow()
    expect(await post(workflow.webhookUrl, envelope('one', 'two'))).toEqual({ status: 202, body: '' })
    expect(teams.feed(workflow.channelId)).toMatchObject([
      { title: 'Workflows', appName: 'Flow bot', message: { attachments: [card('one')] } },
      { workflowId: workflow.id, message: { attachments: [card('two')] } },
    ])
    expect(endings(workflow)).toEqual(['succeeded'])
    expect(teams.received).toMatchObject([{ workflowId: workflow.id, connectorId: undefined, shown: true }])
  })

  test.each([
    ['a MessageCard', { '@type': 'MessageCard', summary: 's' }, /^The body is not/],
    ['attachments without the type', { attachments: [card('x')] }, /^The body is not/],
    ['what is not JSON', '{', /^The body is not/],
    ['nothing', '', /^The body is not/],
    ['another kind of attachment', { type: 'message', attachments: [{ content: {} }] }, /'AdaptiveCard'/],
  ])('answers 202 to %s, and its run fails', async (_what, body, reason) => {
    const workflow = teams.createWorkflow()
    expect(await post(workflow.webhookUrl, body)).toEqual({ status: 202, body: '' })
    expect(endings(workflow)).toEqual([expect.stringMatching(reason)])
    expect(teams.feed(workflow.channelId)).toEqual([])
    expect(teams.received[0]?.shown).toBe(false)
  })

  test('answers 202 to a card above 28 KB, measured at 1.18, and its run fails', async () => {
    const workflow = teams.createWorkflow()
    const most = Math.floor((28 * 1024) / 1.18)
    const fits = most - JSON.stringify(envelope('')).length
    for (const length of [fits, fits + 1]) {
      expect(await post(workflow.webhookUrl, envelope('a'.repeat(length)))).toEqual({ status: 202, body: '' })
    }
    expect(endings(workflow)).toEqual(['succeeded', expect.stringMatching(/^RequestEntityTooLarge/)])
  })
})

describe('the proof', () => {
  const ways = {
    'without a signature': [(url: string) => url.replace(/&sig=.*/, ''), {}, answers.unsigned],
    'with another signature': [(url: string) => `${url}x`, {}, answers.wronglySigned],
    'with an Authorization header': [
      (url: string) => url,
      { authorization: 'Bearer x' },
      answers.authorizedTwice,
    ],
  } as const

  test.each(Object.entries(ways))('is refused %s, and no flow runs', async (_way, [to, headers, answer]) => {
    const workflow = teams.createWorkflow()
    expect(await post(to(workflow.webhookUrl), envelope('x'), headers)).toEqual({
      status: answer.status,
      body: answer.body,
    })
    expect(answer.status).toBe(401)
    expect(endings(workflow)).toEqual([])
    expect(teams.feed(workflow.channelId)).toEqual([])
  })
})

test('a flow switched off answers like one that is gone, and works again; a deleted one never does', async () => {
  const { id, webhookUrl } = teams.createWorkflow()
  const statuses: number[] = []
  const ask = async () => statuses.push((await post(webhookUrl, envelope('x'))).status)
  teams.switchWorkflow(id, 'off')
  await ask()
  teams.switchWorkflow(id, 'on')
  await ask()
  teams.deleteWorkflow(id)
  await ask()
  expect(teams.switchWorkflow(id, 'on')).toBeUndefined()
  await ask()
  expect(statuses).toEqual([404, 202, 404, 404])
})

describe('the window', () => {
  test('lets 25 cards through in 300 s; the next is answered 202 all the same, and its run fails', async () => {
    const workflow = teams.createWorkflow()
    for (let n = 0; n < 25; n += 1) await post(workflow.webhookUrl, envelope('x'))
    now += 299_999
    expect((await post(workflow.webhookUrl, envelope('x'))).status).toBe(202)
    expect(teams.received.at(-1)).toMatchObject({ overLimit: '25 in 300 s', shown: false })
    expect(endings(workflow).at(-1)).toMatch(/^TooManyRequests/)
    now += 1
    await post(workflow.webhookUrl, envelope('x'))
    expect(teams.received.at(-1)).toMatchObject({ overLimit: undefined, shown: true })
  })

  test('counts every card of an envelope, and what a script refused as well', async () => {
    const workflow = teams.createWorkflow()
    teams.script(workflow.webhookUrl, [{ status: 503 }])
    await post(workflow.webhookUrl, envelope(...Array.from({ length: 24 }, () => 'x')))
    await post(workflow.webhookUrl, envelope('25th', '26th'))
    expect(teams.received.map(({ overLimit }) => overLimit)).toEqual([undefined, '25 in 300 s'])
    expect(teams.feed(workflow.channelId)).toHaveLength(1)
  })

  test('belongs to each workflow alone, and can be lifted', async () => {
    const [full, other] = [teams.createWorkflow(), teams.createWorkflow()]
    for (let n = 0; n < 25; n += 1) await post(full.webhookUrl, envelope('x'))
    await post(other.webhookUrl, envelope('x'))
    expect(endings(other)).toEqual(['succeeded'])
    teams.setSwitches({ withoutLimits: true })
    await post(full.webhookUrl, envelope('a'.repeat(40_000)))
    expect(endings(full).at(-1)).toBe('succeeded')
  })
})

describe('scripted answers', () => {
  test('replace the trigger’s, and then no flow runs', async () => {
    const workflow = teams.createWorkflow()
    teams.script(workflow.webhookUrl, [answers.noWorkflow, { status: 429, headers: { 'retry-after': '9' } }])
    expect(await post(workflow.webhookUrl, envelope('x'))).toMatchObject({ status: 404 })
    expect(await post(workflow.webhookUrl, envelope('x'))).toEqual({ status: 429, body: '' })
    expect(endings(workflow)).toEqual([])
  })

  test('let a flow run whose sender never heard of it, and forbid one that was accepted', async () => {
    const workflow = teams.createWorkflow()
    teams.script(workflow.channelId, [{ reset: true, shown: true }, { shown: false }])
    await expect(post(workflow.webhookUrl, envelope('cut'))).rejects.toThrow('fetch failed')
    expect((await post(workflow.webhookUrl, envelope('forbidden'))).status).toBe(202)
    expect(endings(workflow)).toEqual(['succeeded', expect.stringMatching(/^Forbidden/)])
    expect(teams.received.map(({ shown }) => shown)).toEqual([true, false])
  })
})

test('a workflow is made, switched, watched and deleted over HTTP', async () => {
  async function control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${teams.url}/control/workflows${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    expect(response.ok).toBe(true)
    return (await response.json()) as T
  }
  const channelId = teams.channels.at(-1)?.id
  const { id, webhookUrl } = await control<Workflow>('POST', '', { channelId, name: 'Mine' })
  await post(webhookUrl, {})
  expect(await control<Run[]>('GET', `/${id}/runs`)).toMatchObject([{ status: 'failed' }])
  expect(await control('PUT', `/${id}`, { phase: 'off' })).toMatchObject({ name: 'Mine', phase: 'off' })
  expect(await control('DELETE', `/${id}`)).toMatchObject({ phase: 'deleted' })
  expect(teams.secrets).toContain(webhookUrl)
})

test('workflows and their runs survive a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-teams-'))
  const stateFile = join(folder, 'state.json')
  const first = await createSimulatedTeams({ stateFile })
  const on = first.createWorkflow()
  const off = first.createWorkflow()
  first.switchWorkflow(off.id, 'off')
  await post(on.webhookUrl, {})
  const runs = first.runs(on.id)
  await first.close()

  const second = await createSimulatedTeams({ stateFile, port: first.port })
  expect(second.runs(on.id)).toEqual(runs)
  expect((await post(on.webhookUrl, envelope('x'))).status).toBe(202)
  expect((await post(off.webhookUrl, envelope('x'))).status).toBe(404)
  await second.close()
  rmSync(folder, { recursive: true })
})
