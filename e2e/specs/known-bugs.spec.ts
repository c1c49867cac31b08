import { expect, test } from '../world.ts'
import {
  addCardwire,
  answers,
  card,
  choose,
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
})

test('a hidden second frame saves and changes nothing', async ({ page, world }) => {
  world.teams.setSwitches({ hiddenSecondFrame: true })
  await setUp(page, world)
  expect(await kept(world)).toHaveLength(1)
  expect(world.teams.connectors).toHaveLength(1)
})

test('settings that show late are waited for', async ({ page, world }) => {
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
  await expect(form.getByText('Signing in did not work')).toBeVisible()
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

test('the configuration stays one, however often it is opened and cancelled', async ({ page, world }) => {
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
