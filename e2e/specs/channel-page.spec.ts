import type { Page } from 'playwright/test'
import { answers } from '../teams/webhooks/answers.ts'
import { expect, test, type World } from '../world.ts'
import { addTab, card, choose, kept, openChannel, saveTab, tabFrame } from './steps.ts'

/** Gives the one configuration there is quiet hours that have begun, as an administrator. */
async function beQuiet(world: World): Promise<void> {
  const [one] = await kept(world)
  const path = `/api/admin/configurations/${one?.entityId}`
  const { name, sourceId, choices, rule, host, locale, zone, paused, place } = await (
    await world.admin(path)
  ).json()
  const hour = new Date().getUTCHours()
  const at = (ahead: number) => `${String((hour + ahead) % 24).padStart(2, '0')}:00`
  const quietHours = {
    days: [1, 2, 3, 4, 5, 6, 7],
    from: at(0),
    to: at(2),
    zone: 'UTC',
    criticalPasses: false,
  }
  const body = { name, sourceId, choices, host, locale, zone, paused, place, rule: { ...rule, quietHours } }
  const saved = await world.admin(path, { method: 'PUT', body: JSON.stringify(body) })
  expect(saved.status).toBe(200)
}

/** A tab on a workflow, as its owner makes it. */
async function setUpTab(page: Page, world: World, name = 'Launch tasks'): Promise<string> {
  const { webhookUrl } = world.teams.createWorkflow()
  await openChannel(page, world)
  const form = await addTab(page)
  await choose(form, { name, events: ['Created'] })
  await form.getByLabel(/URL/).fill(webhookUrl)
  await saveTab(page)
  await expect(tabFrame(page).getByRole('heading', { name })).toBeVisible()
  return webhookUrl
}

test('shows what was sent, refused and kept away, and sends again', async ({ page, world }) => {
  const webhookUrl = await setUpTab(page, world)
  const tab = tabFrame(page)
  await expect(tab.getByText('Accepted')).toBeVisible()
  world.teams.script(webhookUrl, [answers.badPayload])
  await world.happens({ title: 'Mend the fence' })
  await world.happens({ type: 'task.completed', title: 'Not for this channel' })
  const row = tab.getByRole('listitem').filter({ hasText: 'Mend the fence' })
  await expect(row.getByText('Refused')).toBeVisible({ timeout: 15_000 })
  await expect(row.getByText('Teams did not accept this card.')).toBeVisible()
  await row.getByRole('button', { name: '1 attempt' }).click()
  await expect(row.getByText('HTTP 400')).toBeVisible()
  await row.getByRole('button', { name: /^Send again/ }).click()
  await expect(tab.getByText('Accepted')).toHaveCount(2)
  await tab.getByRole('tab', { name: /Kept away/ }).click()
  await expect(tab.getByText('Not for this channel')).toBeVisible()
})

test('says of a card that is sent again in quiet hours when it comes', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUpTab(page, world)
  const tab = tabFrame(page)
  await world.happens({ title: 'Mend the fence' })
  const row = tab.getByRole('listitem').filter({ hasText: 'Mend the fence' })
  await expect(row.getByText('Accepted')).toBeVisible({ timeout: 15_000 })
  await beQuiet(world)
  await row.getByRole('button', { name: /^Send again/ }).click()
  await expect(tab.getByText(/^The card is sent when quiet hours end: \d/)).toBeVisible()
  await expect(row.first().getByText('Held for quiet hours.')).toBeVisible({ timeout: 15_000 })
})

test('pauses and goes on', async ({ page, world }) => {
  await setUpTab(page, world)
  const tab = tabFrame(page)
  await tab.getByRole('button', { name: 'Pause' }).click()
  await expect(tab.getByText('Paused: what happens meanwhile is kept')).toBeVisible()
  await world.happens({ title: 'Held for now' })
  await expect(tab.getByText('Held while paused.')).toBeVisible({ timeout: 15_000 })
  await tab.getByRole('button', { name: 'Resume' }).click()
  await page.getByRole('tab', { name: 'Posts' }).click()
  await expect(card(page, 'Held for now')).toBeVisible()
})

test('says that nothing is set up where the configuration is gone', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUpTab(page, world)
  const response = await world.admin('/api/admin/configurations')
  const { items } = (await response.json()) as { items: { entityId: string }[] }
  await world.admin(`/api/admin/configurations/${items[0]?.entityId}`, { method: 'DELETE', body: '{}' })
  await expect(tabFrame(page).getByText('Nothing is set up here any more')).toBeVisible({ timeout: 15_000 })
})
