import type { Page } from 'playwright/test'
import { answers } from '../teams/webhooks/answers.ts'
import { expect, test, type World } from '../world.ts'
import { addTab, card, choose, openChannel, saveTab, tabFrame } from './steps.ts'

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
