import { expect, test, type World } from '../world.ts'
import { card, openChannel } from './steps.ts'

/** A configuration on a workflow's URL, as an administrator makes one. */
async function configure(world: World, place: { id: string; kind: string }, webhookUrl: string) {
  const body = {
    tenantId: world.teams.entra.tenantId,
    name: 'Launch tasks',
    webhookUrl,
    sourceId: world.tasks.id,
    choices: {},
    rule: { eventTypes: ['task.created'], include: [], exclude: [], quietHours: null, digest: null },
    host: 'tab',
    locale: 'en-US',
    zone: 'Europe/Paris',
    paused: false,
    place: { kind: place.kind, channelId: place.id },
  }
  const path = `/api/admin/configurations/${crypto.randomUUID()}`
  const response = await world.admin(path, { method: 'PUT', body: JSON.stringify(body) })
  expect(response.status, await response.text()).toBe(201)
}

/** What the server's log says of its attempts. */
const attempts = (world: World) =>
  world.cardwire.log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === 'delivery.attempted')

test('cards arrive through a workflow as Adaptive Cards of the Flow bot, in a channel and in a chat', async ({
  page,
  world,
}) => {
  for (const place of [world.teams.channels[0], world.teams.chats[0]]) {
    if (!place) throw new Error('There is no such place.')
    await configure(world, place, world.teams.createWorkflow({ channelId: place.id }).webhookUrl)
    await openChannel(page, world, place.name)
    await expect(card(page, 'Cardwire is connected')).toBeVisible()
  }
  await world.happens({ title: 'Mend the *fence*', assignee: 'Ada <b>Lovelace</b>' })
  const article = page.getByRole('article', { name: /^Workflows: .*Mend the \*fence\*/ })
  await expect(article).toContainText('Flow bot')
  await expect(article).toContainText(/Ada <\u2060?b>Lovelace<\u2060?\/b>/)
  await openChannel(page, world)
  await expect(article).toBeVisible()
})

test('what a workflow only took is never called delivered', async ({ world }) => {
  const { id, webhookUrl, channelId } = world.teams.createWorkflow()
  await configure(world, { id: channelId, kind: 'channel' }, webhookUrl)
  await world.teams.arrival(({ shown }) => shown)
  world.teams.script(webhookUrl, [{ shown: false }])
  await world.happens({ title: 'Lost on the way' })
  await world.teams.arrival(({ text }) => text.includes('Lost on the way'))
  expect(world.teams.runs(id)).toMatchObject([{ status: 'failed' }, { status: 'succeeded' }])
  await expect.poll(() => attempts(world).map(({ state }) => state)).toEqual(['accepted', 'accepted'])
})

test('a flow that is switched off for a moment gets its cards when it is on again', async ({
  page,
  world,
}) => {
  const { id, webhookUrl, channelId } = world.teams.createWorkflow()
  await configure(world, { id: channelId, kind: 'channel' }, webhookUrl)
  await openChannel(page, world)
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
  world.teams.switchWorkflow(id, 'off')
  await world.happens({ title: 'While it was off' })
  const { answer } = await world.teams.arrival(({ text }) => text.includes('While it was off'))
  expect(answer).toMatchObject({ status: 404 })
  world.teams.switchWorkflow(id, 'on')
  await expect(card(page, 'While it was off')).toBeVisible({ timeout: 20_000 })
})
