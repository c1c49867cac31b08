import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import { inFull } from '../in-full.ts'
import { answers } from '../teams/webhooks/answers.ts'
import { expect, test } from '../world.ts'
import { addTab, choose, openChannel, saveTab, tabFrame } from './steps.ts'

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious in a tab in the ${theme} theme`, { tag: inFull(theme) }, async ({
    page,
    world,
  }) => {
    test.slow()
    world.teams.setSession({ theme })
    const { webhookUrl } = world.teams.createWorkflow()
    await openChannel(page, world)
    const form = await addTab(page)
    await expect(form.getByText('Open Workflows')).toBeVisible()
    await expectNothingSerious(page)
    await choose(form, { name: 'Launch tasks', events: ['Created'] })
    await form.getByLabel('Workflow URL').fill(webhookUrl)
    await form.getByRole('button', { name: 'Send a test card' }).click()
    await expect(form.getByText('The workflow accepted the card.')).toBeVisible()
    await expectNothingSerious(page)
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/configure-${theme}.png` })
    await saveTab(page)
    const tab = tabFrame(page)
    world.teams.script(webhookUrl, [answers.badPayload])
    await world.happens({
      title: 'Mend the fence before the goats find the hole in it, which was there last year already',
    })
    await world.happens({ title: 'Paint the gate' })
    await expect(tab.getByText('Refused')).toBeVisible({ timeout: 15_000 })
    await tab.getByRole('button', { name: '1 attempt' }).nth(1).click()
    await tab.getByRole('button', { name: 'Pause' }).click()
    await expect(tab.getByText('Paused: what happens')).toBeVisible()
    await expectNothingSerious(page)
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/channel-${theme}.png` })
  })
}

async function expectNothingSerious(page: Page): Promise<void> {
  // Fluent's lists and dialogs keep the focus inside by elements that nobody can see or stay on.
  const { violations } = await new AxeBuilder({ page })
    .exclude('[data-tabster-dummy]')
    .exclude(['iframe', '[data-tabster-dummy]'])
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
