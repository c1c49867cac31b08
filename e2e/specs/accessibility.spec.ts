import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { expect, test } from '../world.ts'
import { addCardwire, choose, manage, openChannel, removalFrame, remove, save } from './steps.ts'

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious on any page in the ${theme} theme`, async ({ page, world }) => {
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

test('axe finds nothing serious when signing in failed, nor outside Teams', async ({ page, world }) => {
  world.teams.setSwitches({ authTokenFails: true })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(form.getByText('Signing in did not work')).toBeVisible()
  await expectNothingSerious(page)
  await page.goto(`${world.cardwire.url}/configure?host=connector`)
  await expect(page.getByText('This page lives in Microsoft Teams')).toBeVisible()
  await expectNothingSerious(page)
})

async function expectNothingSerious(page: Page): Promise<void> {
  // Fluent's dialogs keep the focus inside by elements that nobody can see or stay on.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
