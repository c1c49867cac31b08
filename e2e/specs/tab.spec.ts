import { expect, test } from '../world.ts'
import {
  addTab,
  card,
  choose,
  configurationFrame,
  kept,
  openChannel,
  openPosts,
  pickOfTab,
  removalFrame,
  saveAndSeeTab,
  saveButton,
  setUpTab,
  urlField,
} from './steps.ts'

test('a stranger makes a workflow while adding the tab, tries it, saves, and cards come', async ({
  page,
  context,
  world,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openChannel(page, world)
  const form = await addTab(page)
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await expect(saveButton(page)).toBeDisabled()

  await page.getByRole('dialog').getByRole('button', { name: 'Workflows' }).click()
  const workflows = page.getByRole('dialog', { name: /^Workflows/ })
  await workflows.getByRole('button', { name: 'Create workflow' }).click()
  await workflows.getByRole('button', { name: 'Copy URL' }).click()
  await expect(workflows.getByRole('button', { name: 'Copied' })).toBeVisible()
  await workflows.getByRole('button', { name: 'Close' }).click()
  await urlField(form).focus()
  await page.keyboard.press('ControlOrMeta+V')
  await expect(urlField(form)).toHaveValue(/\/powerautomate\/.*&sig=/)

  await form.getByRole('button', { name: 'Send a test card' }).click()
  await world.teams.arrival(({ shown }) => shown)
  await saveAndSeeTab(page, 'Launch tasks')
  await openPosts(page)
  await world.happens({ title: 'Write the invitation', assignee: 'Ada' })
  const article = page.getByRole('article', { name: /^Workflows: .*Write the invitation/ })
  await expect(article).toContainText('Ada')
  await expect(article).toContainText('Amara Diallo used a Workflow template to send this card.')
  expect(await page.evaluate(() => JSON.stringify(window.wireLog))).not.toContain('/powerautomate/')
})

test('settings of the tab change its name and rule, and cards go on by the same URL', async ({
  page,
  world,
}) => {
  await setUpTab(page, world)
  await pickOfTab(page, 'Launch tasks', 'Settings')
  const form = configurationFrame(page)
  await expect(form.getByLabel('Name')).toHaveValue('Launch tasks')
  await expect(form.getByRole('checkbox', { name: 'Created' })).toBeChecked()
  await choose(form, { name: 'Everything finished', events: ['Completed'] })
  await form.getByRole('checkbox', { name: 'Created' }).uncheck()
  await saveAndSeeTab(page, 'Everything finished')
  await openPosts(page)
  await world.happens({ title: 'Not any more' })
  await world.happens({ type: 'task.completed', title: 'Done at last' })
  await expect(card(page, 'Done at last')).toBeVisible()
  await expect(card(page, 'Not any more')).toHaveCount(0)
  expect((await kept(world)).map(({ name }) => name)).toEqual(['Everything finished'])
})

test('another workflow takes over in place, and the old one hears of it', { tag: '@full' }, async ({
  page,
  world,
}) => {
  const old = await setUpTab(page, world)
  const next = world.teams.createWorkflow({ channelId: old.channelId })
  await pickOfTab(page, 'Launch tasks', 'Settings')
  const form = configurationFrame(page)
  await form.getByRole('button', { name: /^Where cards go/ }).click()
  await urlField(form).fill(`  ${next.webhookUrl}\n`)
  await saveAndSeeTab(page, 'Launch tasks')
  await world.happens({ title: 'By the new way' })
  const arrived = await world.teams.arrival(({ text }) => text.includes('By the new way'))
  expect(arrived.workflowId).toBe(next.id)
  await world.teams.arrival(({ workflowId, id }) => workflowId === old.id && id > 1)
})

test('a pasted URL whose answer is lost is saved by pressing Save again', { tag: '@full' }, async ({
  page,
  world,
}) => {
  const { channelId } = await setUpTab(page, world)
  const next = world.teams.createWorkflow({ channelId })
  await pickOfTab(page, 'Launch tasks', 'Settings')
  const form = configurationFrame(page)
  await form.getByRole('button', { name: /^Where cards go/ }).click()
  await urlField(form).fill(next.webhookUrl)
  let isLost = false
  await page.route('**/api/configurations/*', async (route) => {
    if (isLost || route.request().method() !== 'PUT') return route.fallback()
    isLost = true
    await route.fetch()
    await route.abort()
  })
  await saveButton(page).click()
  await expect(form.getByText('Cardwire cannot be reached.')).toBeVisible()
  await saveAndSeeTab(page, 'Launch tasks')
  await world.happens({ title: 'By the new way' })
  const arrived = await world.teams.arrival(({ text }) => text.includes('By the new way'))
  expect(arrived.workflowId).toBe(next.id)
})

test('the removal of the tab stops the cards and leaves nothing behind', async ({ page, world }) => {
  await setUpTab(page, world)
  await pickOfTab(page, 'Launch tasks', 'Remove')
  await expect(removalFrame(page).getByRole('heading', { name: 'Stop “Launch tasks”?' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  // What is behind a dialog is not there for anyone who asks by role.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('tab', { name: 'Launch tasks' })).toHaveCount(0)
  expect(await kept(world)).toEqual([])
  expect(await (await world.happens({ title: 'Afterwards' })).json()).toMatchObject({
    events: [{ deliveries: 0 }],
  })
})

test('the form speaks of the chat where it is opened in one, and of the tab that it makes', async ({
  page,
  world,
}) => {
  await openChannel(page, world, 'Launch week')
  const form = await addTab(page)
  await expect(form.getByRole('heading', { name: 'Choose what this chat hears about' })).toBeVisible()
  await expect(form.getByText('What the tab is called.')).toBeVisible()
  await expect(form.getByText(/^In the list of chats, beside this one/)).toBeVisible()
  await expect(form.getByText('channel')).toHaveCount(0)
})

test('a group chat has its tab as a channel has', { tag: '@full' }, async ({ page, world }) => {
  await setUpTab(page, world, { place: 'Launch week' })
  await world.happens({ title: 'For the chat' })
  await expect(card(page, 'For the chat')).toBeVisible()
  await openChannel(page, world)
  await expect(card(page, 'For the chat')).toHaveCount(0)
})

test('the URL of a classic connector is no way to save a tab, and the page says why', async ({
  page,
  world,
}) => {
  await openChannel(page, world)
  const form = await addTab(page)
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await urlField(form).fill(world.teams.createConnector().webhookUrl)
  await expect(form.getByText(/Microsoft has switched off/)).toBeVisible()
  await expect(saveButton(page)).toBeDisabled()
  await urlField(form).fill(world.teams.createWorkflow().webhookUrl)
  await expect(saveButton(page)).toBeEnabled()
})
