import { inFull } from '../in-full.ts'
import { answers } from '../teams/webhooks/answers.ts'
import { expect, test } from '../world.ts'
import {
  addTab,
  choose,
  expectNothingSerious,
  kept,
  openChannel,
  saveTab,
  setUpTab,
  tabFrame,
} from './steps.ts'

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious in a tab whose configuration is gone, in the ${theme} theme`, {
    tag: '@full',
  }, async ({ page, world }) => {
    world.teams.setSession({ theme })
    await setUpTab(page, world)
    await page.getByRole('tab', { name: 'Launch tasks' }).click()
    await expect(tabFrame(page).getByRole('heading', { name: 'Launch tasks' })).toBeVisible()
    for (const { entityId } of await kept(world))
      await world.admin(`/api/admin/configurations/${entityId}`, { method: 'DELETE' })
    await expect(tabFrame(page).getByText('Nothing is set up here any more')).toBeVisible({ timeout: 15_000 })
    await expectNothingSerious(page)
  })

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
  })
}
