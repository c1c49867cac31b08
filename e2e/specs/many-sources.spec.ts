import type { FrameLocator, Locator, Page } from 'playwright/test'
import { expect, test, type World } from '../world.ts'
import { addCardwire, card, choose, openChannel, save } from './steps.ts'

const names = ['Billing', 'Builds', 'Customers', 'Deployments', 'Incidents', 'Launch', 'Payroll', 'Support']
const last = 'Zoning permits'

test('the last of many sources can be chosen with the mouse', { tag: '@full' }, async ({ page, world }) => {
  const form = await openWithMany(page, world)
  await form.getByRole('combobox', { name: 'Source' }).click()
  const option = form.getByRole('option', { name: last })
  await page.screenshot({ path: '/tmp/shots/list.png' })
  // A person turns the wheel over the list; only what is then seen can be pressed.
  await form.getByRole('option').first().hover()
  await page.mouse.wheel(0, 1_000)
  await option.click()
  await expectChosen(page, form)
})

test('the last of many sources can be chosen with the keyboard', { tag: '@full' }, async ({
  page,
  world,
}) => {
  const form = await openWithMany(page, world)
  await form.getByRole('combobox', { name: 'Source' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await expectSeen(form.getByRole('option', { name: last }))
  await page.keyboard.press('Enter')
  await expectChosen(page, form)
})

test('a condition at the bottom of the page is seen while it is filled in', { tag: '@full' }, async ({
  page,
  world,
}) => {
  const form = await openWithMany(page, world)
  await form.getByRole('combobox', { name: 'Source' }).click()
  await form.getByRole('option', { name: 'Builds' }).click()
  await form.getByRole('button', { name: 'Only when…' }).click()
  const add = form.getByRole('button', { name: 'Add a condition to stay silent' })
  for (let added = 0; added < 6; added++) {
    await add.focus()
    await expectSeen(add)
    await page.keyboard.press('Enter')
  }
  const condition = form.getByRole('group', { name: 'Condition 6' })
  for (const label of ['Field', 'Comparison', 'Value']) {
    const control = condition.getByLabel(label)
    await control.focus()
    await expectSeen(control)
    await control.click()
  }
})

async function openWithMany(page: Page, world: World): Promise<FrameLocator> {
  for (const name of [...names, last]) await world.connect({ kind: 'tasks', name })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(form.getByLabel('Name')).toBeVisible()
  return form
}

async function expectChosen(page: Page, form: FrameLocator): Promise<void> {
  await expect(form.getByRole('combobox', { name: 'Source' })).toContainText(last)
  await choose(form, { name: 'Permits', events: ['Created'] })
  await save(page)
  await expect(card(page, 'Cardwire is connected')).toContainText(last)
}

/** Nothing lies over it, at its upper edge or at its lower one. */
async function expectSeen(element: Locator): Promise<void> {
  const isSeen = () =>
    element.evaluate((one) => {
      const { left, width, top, height } = one.getBoundingClientRect()
      const at = (part: number) => one.ownerDocument.elementFromPoint(left + width / 2, top + height * part)
      return one.contains(at(0.2)) && one.contains(at(0.8))
    })
  await expect.poll(isSeen).toBe(true)
}
