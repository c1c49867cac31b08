import { expect, type Locator, type Page } from 'playwright/test'
import type { World } from '../world.ts'

// What administrators do in the console, again and again.

export async function signIn(page: Page, world: World, query = ''): Promise<void> {
  await page.goto(`${world.cardwire.url}/admin${query}`)
  await page.getByLabel('Admin token').fill(world.adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('tab', { name: 'Sources' })).toBeVisible()
}

export const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name })

export async function pick(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** A configuration as an administrator's script makes it. */
export async function configure(
  world: World,
  webhookUrl: string,
  name = 'Launch tasks',
  { sourceId = world.tasks.id, eventTypes = ['task.created'] } = {},
): Promise<string> {
  const entityId = crypto.randomUUID()
  const rule = { eventTypes, include: [], exclude: [], quietHours: null, digest: null }
  const answer = await world.admin(`/api/admin/configurations/${entityId}`, {
    method: 'PUT',
    body: JSON.stringify({
      name,
      webhookUrl,
      rule,
      sourceId,
      choices: {},
      host: 'connector',
      locale: 'en-US',
      zone: 'Europe/Paris',
      paused: false,
      tenantId: world.teams.entra.tenantId,
      place: { kind: 'channel', teamName: 'Harbour', channelName: 'General' },
    }),
  })
  expect(answer.status).toBe(201)
  return entityId
}
