import { expect, test } from '../world.ts'
import {
  addTab,
  answers,
  card,
  choose,
  configurationFrame,
  kept,
  openChannel,
  openPosts,
  pickOfTab,
  saveAndSeeTab,
  saveButton,
  setUpTab,
  urlField,
} from './steps.ts'

test('a hidden second frame of a tab only reads', { tag: '@full' }, async ({ page, world }) => {
  world.teams.setSwitches({ hiddenSecondFrame: true })
  await setUpTab(page, world)
  expect(world.teams.tabs).toHaveLength(1)
  await pickOfTab(page, 'Launch tasks', 'Settings')
  await expect(configurationFrame(page).getByLabel('Name')).toHaveValue('Launch tasks')
  const said = await page.evaluate(() =>
    (window.wireLog ?? []).filter(({ who, from }) => who === 'hidden' && from === 'app'),
  )
  const functions = said.map(({ func }) => func)
  expect(functions).toContain('settings.getSettings')
  expect(functions.filter((func) => /setSettings|setValidityState|save|remove/.test(func))).toEqual([])
  expect(await kept(world)).toHaveLength(1)
})

test('an impatient host makes no tab, nothing is left behind, and Save works again', {
  tag: '@full',
}, async ({ page, world }) => {
  world.teams.setSwitches({ impatientMs: 300 })
  // The server takes its time, longer than this host waits.
  await page.route('**/api/configurations/*', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    await expect(page.getByRole('alert').first()).toBeVisible()
    return route.abort()
  })
  await openChannel(page, world)
  const form = await addTab(page)
  await urlField(form).fill(world.teams.createWorkflow().webhookUrl)
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await saveButton(page).click()
  await expect(page.getByRole('alert').first()).toContainText('did not answer')
  await expect.poll(() => answers(page, 'settings.save.failure')).toBe(1)
  expect(await kept(world)).toEqual([])
  expect(world.teams.tabs).toEqual([])

  world.teams.setSwitches({ impatientMs: 0 })
  await page.unroute('**/api/configurations/*')
  await saveAndSeeTab(page, 'Launch tasks')
  await world.happens({ title: 'It arrives' })
  await openPosts(page)
  await expect(card(page, 'It arrives')).toBeVisible()
  expect(await kept(world)).toHaveLength(1)
})

test('a tab that Teams removed unasked is still there for an administrator to end', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUpTab(page, world)
  world.teams.setSwitches({ removeHandlerNotCalled: true })
  await pickOfTab(page, 'Launch tasks', 'Remove')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  // What is behind a dialog is not there for anyone who asks by role.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('tab', { name: 'Launch tasks' })).toHaveCount(0)
  const [left] = await kept(world)
  const response = await world.admin(`/api/admin/configurations/${left?.entityId}`, { method: 'DELETE' })
  expect(response.status).toBe(204)
  expect(await (await world.happens({ title: 'Afterwards' })).json()).toMatchObject({
    events: [{ deliveries: 0 }],
  })
})
