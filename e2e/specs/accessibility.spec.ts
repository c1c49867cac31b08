import { inFull } from '../in-full.ts'
import { expect, test } from '../world.ts'
import {
  addCardwire,
  choose,
  closeDialog,
  expectNothingSerious,
  manage,
  openChannel,
  removalFrame,
  remove,
  save,
  saveButton,
  setUp,
} from './steps.ts'

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious on any page in the ${theme} theme`, { tag: inFull(theme) }, async ({
    page,
    world,
  }) => {
    test.slow()
    world.teams.setSession({ theme })
    await openChannel(page, world)
    const form = await addCardwire(page)
    await expect(form.getByLabel('Name')).toBeVisible()
    await expectNothingSerious(page)
    await choose(form, { name: 'Launch tasks', events: ['Created'] })
    await form.getByRole('button', { name: 'Only when…' }).click()
    await form.getByRole('button', { name: 'Add a condition to send' }).click()
    await expect(form.getByRole('group', { name: 'Condition 1' })).toBeVisible()
    await expectNothingSerious(page)
    await form.getByRole('button', { name: 'Remove condition 1' }).click()
    await save(page)
    await expect(page.getByRole('article').first()).toBeVisible()
    await expectNothingSerious(page)
    const edit = await manage(page, 'Launch tasks')
    await expect(edit.getByRole('switch', { name: 'Pause cards' })).toBeVisible()
    await expectNothingSerious(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.keyboard.press('Escape')
    await remove(page, 'Launch tasks')
    await expect(removalFrame(page).getByRole('heading', { level: 1 })).toBeVisible()
    await expectNothingSerious(page)
  })
}

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious where saving and removing failed, in the ${theme} theme`, {
    tag: '@full',
  }, async ({ page, world }) => {
    test.slow()
    world.teams.setSession({ theme })
    await setUp(page, world)
    await page.route('**/api/configurations/*', (route) =>
      route.request().method() === 'GET' ? route.continue() : route.abort(),
    )
    const form = await manage(page, 'Launch tasks')
    await form.getByRole('button', { name: 'Only when…' }).click()
    await form.getByRole('button', { name: 'Add a condition to stay silent' }).click()
    await form.getByRole('group', { name: 'Condition 1' }).getByLabel('Value').fill('secret')
    await saveButton(page).click()
    await expect(form.getByRole('alert')).toContainText('This was not saved')
    await expectNothingSerious(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await closeDialog(page)
    await remove(page, 'Launch tasks')
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(removalFrame(page).getByRole('alert')).toContainText('This was not removed')
    await expectNothingSerious(page)
  })
}

test('axe finds nothing serious when signing in failed, nor outside Teams', { tag: '@full' }, async ({
  page,
  world,
}) => {
  world.teams.setSwitches({ authTokenFails: true })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(form.getByText('Cardwire could not let you in')).toBeVisible()
  await expectNothingSerious(page)
  await page.goto(`${world.cardwire.url}/configure?host=connector`)
  await expect(page.getByText('This page lives in Microsoft Teams')).toBeVisible()
  await expectNothingSerious(page)
})
