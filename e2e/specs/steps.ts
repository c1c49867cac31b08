import { AxeBuilder } from '@axe-core/playwright'
import type { FrameLocator, Locator, Page } from 'playwright/test'
import type { Workflow } from '../teams/model.ts'
import { expect, type World } from '../world.ts'

/** What a person does in Teams, as the steps of the journeys. */

export const configurationFrame = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title="Cardwire configuration"]')

export const removalFrame = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title="Cardwire removal"]')

/** What Cardwire's tab of the open channel shows. */
export const tabFrame = (page: Page): FrameLocator => page.frameLocator('iframe[title="Cardwire tab"]')

export const saveButton = (page: Page): Locator => page.getByRole('button', { name: 'Save', exact: true })

/** The cards of the open channel whose text holds these words. */
export const card = (page: Page, words: string): Locator =>
  page.getByRole('article').filter({ hasText: words })

export async function openChannel(page: Page, world: World, name = 'General'): Promise<void> {
  if (!page.url().startsWith(world.teams.url)) await page.goto(world.teams.url)
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

export async function openConnectors(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connectors' }).click()
}

/** Opens the configuration page for a new configuration of the open channel. */
export async function addCardwire(page: Page): Promise<FrameLocator> {
  await openConnectors(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  return configurationFrame(page)
}

/** Opens the configuration page for a new tab of the open channel or chat. */
export async function addTab(page: Page): Promise<FrameLocator> {
  await page.getByRole('button', { name: 'Add a tab' }).click()
  await page.getByRole('button', { name: 'Cardwire', exact: true }).click()
  return configurationFrame(page)
}

/** Picks from the menu of a tab, which shows it first. */
export async function pickOfTab(page: Page, name: string, item: 'Settings' | 'Remove'): Promise<void> {
  await page.getByRole('tab', { name }).click()
  await page.getByRole('button', { name: `Options of ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

export async function manage(page: Page, name: string): Promise<FrameLocator> {
  await openConnectors(page)
  await page
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('button', { name: /^Manage/ })
    .click()
  return configurationFrame(page)
}

/** Opens the removal page, or removes at once where Teams does not open it. */
export async function remove(page: Page, name: string): Promise<void> {
  await openConnectors(page)
  await page
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('button', { name: /^Remove/ })
    .click()
}

export async function choose(form: FrameLocator, chosen: { name: string; events: string[] }): Promise<void> {
  await form.getByLabel('Name').fill(chosen.name)
  for (const event of chosen.events) await form.getByRole('checkbox', { name: event, exact: true }).check()
}

/** Presses Save and waits until Teams has closed the dialog. */
export async function save(page: Page): Promise<void> {
  await saveButton(page).click()
  await expect(page.locator('iframe')).toHaveCount(0)
  await closeDialog(page)
}

/** Presses Save of a tab, whose own page is shown then. */
export async function saveTab(page: Page): Promise<void> {
  await saveButton(page).click()
  await expect(page.locator('iframe[title="Cardwire configuration"]')).toHaveCount(0)
}

export async function closeDialog(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Close', exact: true })
  if (await close.isVisible()) await close.click()
}

/** A whole configuration, from the channel to its welcome card. */
export async function setUp(
  page: Page,
  world: World,
  { channel = 'General', name = 'Launch tasks', events = ['Created'] } = {},
): Promise<void> {
  await openChannel(page, world, channel)
  await choose(await addCardwire(page), { name, events })
  await save(page)
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
}

export const urlField = (form: FrameLocator): Locator => form.getByRole('textbox', { name: 'Workflow URL' })

/** Saves a tab and waits until Teams shows it, with Cardwire's page of the channel in it. */
export async function saveAndSeeTab(page: Page, name: string): Promise<void> {
  await saveTab(page)
  await expect(page.getByRole('tab', { name, selected: true })).toBeVisible()
  await expect(tabFrame(page).getByRole('heading', { name, level: 1 })).toBeVisible()
}

/** Turns from a tab to the conversation. */
export const openPosts = (page: Page): Promise<void> => page.getByRole('tab', { name: 'Posts' }).click()

/** A whole tab, from the plus to its welcome card; answers the workflow that it posts through. */
export async function setUpTab(
  page: Page,
  world: World,
  { place = 'General', name = 'Launch tasks' } = {},
): Promise<Workflow> {
  const found = [...world.teams.channels, ...world.teams.chats].find((one) => one.name === place)
  const workflow = world.teams.createWorkflow({ channelId: found?.id ?? '' })
  await openChannel(page, world, place)
  const form = await addTab(page)
  await urlField(form).fill(workflow.webhookUrl)
  await choose(form, { name, events: ['Created'] })
  await saveAndSeeTab(page, name)
  await openPosts(page)
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
  return workflow
}

/** What the server keeps, as an administrator reads it. */
export async function kept(world: World): Promise<{ entityId: string; name: string }[]> {
  const response = await world.admin('/api/admin/configurations')
  const { items } = (await response.json()) as { items: { entityId: string; name: string }[] }
  return items
}

/** How often the page has answered Teams' save or removal with this. */
export async function answers(page: Page, func: string): Promise<number> {
  return page.evaluate(
    (wanted) => (window.wireLog ?? []).filter((entry) => entry.func === wanted).length,
    func,
  )
}

/** What is on the screen now, frames and all, is as accessible as axe can tell. */
export async function expectNothingSerious(page: Page): Promise<void> {
  // Fluent's lists and dialogs keep the focus inside by elements that nobody can see or stay on.
  const { violations } = await new AxeBuilder({ page })
    .exclude('[data-tabster-dummy]')
    .exclude(['iframe', '[data-tabster-dummy]'])
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
