import { expect, test } from '../world.ts'

test('an owner sets a channel up, and cards appear there and nowhere else', async ({ page, world }) => {
  await page.goto(world.teams.url)
  await page.getByRole('button', { name: 'Connectors' }).click()
  await page.getByRole('button', { name: /Add/ }).click()

  const save = page.getByRole('button', { name: 'Save' })
  const form = page.frameLocator('iframe')
  await form.getByLabel('Name').fill('Launch tasks')
  await expect(save).toBeDisabled()
  await form.getByLabel('Source').click()
  await form.getByRole('option', { name: /Tasks/ }).click()
  await expect(save).toBeDisabled()
  await form.getByRole('checkbox', { name: 'Created' }).check()
  await save.click()
  await expect(page.getByRole('article').filter({ hasText: 'This channel is connected' })).toBeVisible()

  expect((await world.happens({ title: 'Write the release notes' })).status).toBe(202)
  expect((await world.happens({ type: 'task.deleted', title: 'Not wanted here' })).status).toBe(202)
  expect((await world.happens({ title: 'The one after' })).status).toBe(202)
  await world.teams.arrival(({ text }) => text.includes('The one after'))

  expect(world.teams.received.map(({ text }) => text).join()).not.toContain('Not wanted here')
})
