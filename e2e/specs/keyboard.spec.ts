import type { Locator, Page } from 'playwright/test'
import { expect, test } from '../world.ts'
import {
  card,
  closeDialog,
  configurationFrame,
  manage,
  openChannel,
  remove,
  saveButton,
  setUp,
} from './steps.ts'

test('a channel is set up without a mouse', async ({ page, world }) => {
  await openChannel(page, world)
  await tabTo(page, page.getByRole('button', { name: 'Connectors' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Add', exact: true }))
  await page.keyboard.press('Enter')

  const form = configurationFrame(page)
  await expect(form.getByLabel('Name')).toBeVisible()
  await tabTo(page, form.getByLabel('Name'))
  await page.keyboard.type('Launch tasks')
  await tabTo(page, form.getByRole('checkbox', { name: 'Created' }))
  await page.keyboard.press('Space')
  await expect(form.getByRole('status')).toContainText('Ready to save')
  await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.locator('iframe')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Connectors' })).toBeFocused()
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
})

test('the focus goes back to what opened a dialog or a panel when it closes', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await openChannel(page, world)
  const connectors = page.getByRole('button', { name: 'Connectors' })
  for (const close of ['Escape', 'Enter']) {
    await press(page, connectors)
    const button = page.getByRole('button', { name: 'Close', exact: true })
    await expect(button).toBeVisible()
    await button.focus()
    await page.keyboard.press(close)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(connectors).toBeFocused()
  }
  for (const name of ['Something happened', 'Settings']) {
    const opens = page.getByRole('button', { name, exact: true })
    await press(page, opens)
    await press(page, page.getByRole('button', { name: `Close ${name}` }))
    await expect(opens).toBeFocused()
  }
})

test('the focus stays on Save and on Remove while they wait, and when they fail', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUp(page, world)
  let answer: () => void = () => undefined
  await page.route('**/api/configurations/*', async (route) => {
    if (route.request().method() === 'GET') return route.continue()
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return route.abort()
  })
  const form = await manage(page, 'Launch tasks')
  await form.getByLabel('Name').fill('Mine')
  for (const name of [/^Sav/, /^Remov/]) {
    const button = page.getByRole('dialog').getByRole('button', { name })
    const asked = page.waitForRequest((request) => /PUT|DELETE/.test(request.method()))
    await press(page, button)
    await asked
    await expect(button).toHaveText(/ing…$/)
    await expect(button).toBeDisabled()
    await expect(button).toBeFocused()
    answer()
    await expect(button).toBeEnabled()
    await expect(button).toBeFocused()
    if (name.test('Save')) {
      await page.getByRole('button', { name: 'Cancel' }).click()
      await closeDialog(page)
      await remove(page, 'Launch tasks')
    }
  }
})

test('the focus stays on the page where what had it goes away', { tag: '@full' }, async ({ page, world }) => {
  test.slow()
  await setUp(page, world)
  const form = await manage(page, 'Launch tasks')
  await press(page, form.getByRole('button', { name: 'Only when…' }))
  const add = form.getByRole('button', { name: 'Add a condition to send' })
  await press(page, add)
  await expect(form.getByRole('group', { name: 'Condition 1' }).getByLabel('Field')).toBeFocused()
  await press(page, form.getByRole('button', { name: 'Remove condition 1' }))
  await expect(add).toBeFocused()

  await form.getByLabel('Name').fill('Mine')
  await page.route('**/api/configurations/*', (route) =>
    route.request().method() === 'PUT' ? route.fulfill({ status: 412 }) : route.continue(),
  )
  await press(page, saveButton(page))
  await press(page, form.getByRole('button', { name: 'Load their version' }))
  await expect(form.getByLabel('Name')).toHaveValue('Launch tasks')
  expect(await form.locator('body').evaluate((body) => body !== body.ownerDocument.activeElement)).toBe(true)
  await page.keyboard.press('Tab')
  await expect(form.getByLabel('Name')).toBeFocused()
})

async function press(page: Page, button: Locator): Promise<void> {
  await expect(button).toBeEnabled()
  await button.focus()
  await page.keyboard.press('Enter')
}

/** Presses Tab until the element has the focus; it must be within reach. */
async function tabTo(page: Page, element: ReturnType<Page['getByRole']>): Promise<void> {
  await expect(element).toBeVisible()
  for (let tabs = 0; tabs < 30; tabs++) {
    if (
      await element.evaluate((one) => one === one.ownerDocument.activeElement && one.ownerDocument.hasFocus())
    )
      return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there.')
}
