import { expect, test } from '../world.ts'
import {
  addCardwire,
  answers,
  card,
  choose,
  closeDialog,
  configurationFrame,
  kept,
  manage,
  openChannel,
  openConnectors,
  save,
  saveButton,
  setUp,
} from './steps.ts'

test('a lost content URL loses no configuration', async ({ page, world }) => {
  await setUp(page, world)
  world.teams.setSwitches({ lostContentUrl: true })
  const form = await manage(page, 'Launch tasks')
  await expect(form.getByLabel('Name')).toHaveValue('Launch tasks')
  await form.getByLabel('Name').fill('Renamed tasks')
  await save(page)
  expect((await kept(world)).map(({ name }) => name)).toEqual(['Renamed tasks'])
})

test('a webhook URL that drifts is taken along by the edit', async ({ page, world }) => {
  await setUp(page, world)
  const before = world.teams.connectors.map(({ webhookUrl }) => webhookUrl)
  world.teams.setSwitches({ driftingWebhookUrl: true })
  const form = await manage(page, 'Launch tasks')
  await form.getByRole('checkbox', { name: 'Updated' }).check()
  await save(page)
  await world.happens({ type: 'task.updated', title: 'To the new URL' })
  const arrived = await world.teams.arrival(({ text }) => text.includes('To the new URL'))
  expect(before).not.toContain(arrived.webhookUrl)
  await expect(card(page, 'To the new URL')).toBeVisible()
  expect(await kept(world)).toHaveLength(1)
  const told = await world.teams.arrival(({ text }) => text.includes('These cards now go elsewhere'))
  expect(before).toContain(told.webhookUrl)
})

test('a webhook URL that drifts is of no account until the edit is saved', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUp(page, world)
  world.teams.setSwitches({ driftingWebhookUrl: true })
  const form = await manage(page, 'Launch tasks')
  await expect(form.getByLabel('Name')).toHaveValue('Launch tasks')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await closeDialog(page)
  await world.happens({ title: 'Still here' })
  await expect(card(page, 'Still here')).toBeVisible()
})

test('a hidden second frame saves and changes nothing', async ({ page, world }) => {
  world.teams.setSwitches({ hiddenSecondFrame: true })
  await setUp(page, world)
  expect(await kept(world)).toHaveLength(1)
  expect(world.teams.connectors).toHaveLength(1)
})

test('a hidden second frame only reads', { tag: '@full' }, async ({ page, world }) => {
  await setUp(page, world)
  const before = await kept(world)
  world.teams.setSwitches({ hiddenSecondFrame: true })
  const form = await manage(page, 'Launch tasks')
  await expect(form.getByLabel('Name')).toHaveValue('Launch tasks')
  const hidden = page.frameLocator('iframe[title="Hidden second frame"]')
  await expect(hidden.getByRole('textbox', { includeHidden: true }).first()).toBeAttached()
  const said = await page.evaluate(() =>
    (window.wireLog ?? []).filter(({ who, from }) => who === 'hidden' && from === 'app'),
  )
  const functions = said.map(({ func }) => func)
  expect(functions).toContain('settings.getSettings')
  expect(functions.filter((func) => /setSettings|setValidityState|save|remove/.test(func))).toEqual([])
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(await kept(world)).toEqual(before)
})

test('settings that show late change nothing of what was saved', { tag: '@full' }, async ({
  page,
  world,
}) => {
  world.teams.setSwitches({ lateSettings: true })
  await setUp(page, world)
  const form = await manage(page, 'Launch tasks')
  await form.getByLabel('Name').fill('Renamed tasks')
  await save(page)
  await world.happens({ title: 'It arrives' })
  await expect(card(page, 'It arrives')).toBeVisible()
  expect((await kept(world)).map(({ name }) => name)).toEqual(['Renamed tasks'])
})

test('settings that show late are waited for', { tag: '@full' }, async ({ page, world }) => {
  world.teams.setSwitches({ lateSettings: true, saveEventWithoutWebhookUrl: true })
  await setUp(page, world)
  await world.happens({ title: 'It arrives' })
  await expect(card(page, 'It arrives')).toBeVisible()
})

test('a save event without a webhook URL finds it in the settings', async ({ page, world }) => {
  world.teams.setSwitches({ saveEventWithoutWebhookUrl: true })
  await setUp(page, world)
  await world.happens({ title: 'It arrives' })
  await expect(card(page, 'It arrives')).toBeVisible()
})

test('a refused sign-in says what to do, and works once it is allowed', async ({ page, world }) => {
  world.teams.setSwitches({ authTokenFails: true })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(form.getByText('Cardwire could not let you in')).toBeVisible()
  await expect(saveButton(page)).toBeDisabled()
  world.teams.setSwitches({ authTokenFails: false })
  await form.getByRole('button', { name: 'Try again' }).click()
  await expect(form.getByLabel('Name')).toBeVisible()
})

test('an impatient host leaves nothing behind', async ({ page, world }) => {
  world.teams.setSwitches({ impatientMs: 300 })
  // The server takes its time, longer than this host waits.
  await page.route('**/api/configurations/*', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    await expect(page.getByRole('alert').first()).toBeVisible()
    return route.abort()
  })
  await openChannel(page, world)
  await choose(await addCardwire(page), { name: 'Launch tasks', events: ['Created'] })
  await saveButton(page).click()
  await expect(page.getByRole('alert').first()).toContainText('did not answer')
  await expect.poll(() => answers(page, 'settings.save.failure')).toBe(1)
  expect(await kept(world)).toEqual([])
  expect(world.teams.connectors.filter(({ phase }) => phase === 'live')).toEqual([])
})

test('what was saved for a host that gave up is still one configuration when Save is pressed again', {
  tag: '@full',
}, async ({ page, world }) => {
  world.teams.setSwitches({ impatientMs: 4_000 })
  await page.route('**/api/configurations/*', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    const response = await route.fetch()
    await expect(page.getByRole('alert').first()).toBeVisible()
    return route.fulfill({ response })
  })
  await openChannel(page, world)
  await choose(await addCardwire(page), { name: 'Launch tasks', events: ['Created'] })
  await saveButton(page).click()
  await expect(page.getByRole('alert').first()).toContainText('did not answer')
  await expect.poll(() => answers(page, 'settings.save.success')).toBe(1)

  await page.unroute('**/api/configurations/*')
  await save(page)
  await world.happens({ title: 'It arrives' })
  await expect(card(page, 'It arrives')).toBeVisible()
  expect(await kept(world)).toHaveLength(1)
  expect(await answers(page, 'settings.save.success')).toBe(2)
})

test('the configuration stays one, however often it is opened and cancelled', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUp(page, world)
  for (let time = 0; time < 3; time++) {
    await manage(page, 'Launch tasks')
    await expect(configurationFrame(page).getByLabel('Name')).toHaveValue('Launch tasks')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.keyboard.press('Escape')
  }
  await openConnectors(page)
  await expect(page.getByRole('listitem').filter({ hasText: 'Launch tasks' })).toHaveCount(1)
  expect(await kept(world)).toHaveLength(1)
})
