import type { Page } from 'playwright/test'
import { expect, test } from '../world.ts'
import { card, configurationFrame, openChannel } from './steps.ts'

test('a channel is set up without a mouse', async ({ page, world }) => {
  await openChannel(page, world)
  await tabTo(page, page.getByRole('button', { name: 'Connectors' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: /^Add/ }))
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
  await page.keyboard.press('Escape')
  await expect(card(page, 'This channel is connected')).toBeVisible()
})

/** Presses Tab until the element has the focus; it must be within reach. */
async function tabTo(page: Page, element: ReturnType<Page['getByRole']>): Promise<void> {
  await expect(element).toBeVisible()
  for (let press = 0; press < 30; press++) {
    if (
      await element.evaluate((one) => one === one.ownerDocument.activeElement && one.ownerDocument.hasFocus())
    )
      return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there.')
}
