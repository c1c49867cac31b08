import { expect, test } from '../world.ts'
import { addCardwire, card, choose, openChannel, save, saveButton, setUp } from './steps.ts'

test('Save is offered only once there is something to save', async ({ page, world }) => {
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(form.getByRole('status')).toContainText('To save')
  await expect(saveButton(page)).toBeDisabled()
  await form.getByLabel('Name').fill('Launch tasks')
  await expect(saveButton(page)).toBeDisabled()
  await form.getByRole('checkbox', { name: 'Created' }).check()
  await expect(saveButton(page)).toBeEnabled()
  await form.getByLabel('Name').fill('   ')
  await expect(saveButton(page)).toBeDisabled()
})

test('cards appear in every channel that wants them and in no other', async ({ page, world }) => {
  await setUp(page, world, { channel: 'General', name: 'New tasks', events: ['Created'] })
  await setUp(page, world, { channel: 'Product', name: 'Finished tasks', events: ['Completed', 'Created'] })

  expect((await world.happens({ title: 'For both' })).status).toBe(202)
  await world.happens({ type: 'task.completed', title: 'For Product' })
  await world.happens({ type: 'task.deleted', title: 'For nobody' })
  await world.happens({ title: 'The last one' })

  await expect(card(page, 'The last one')).toBeVisible()
  await expect(card(page, 'For both')).toBeVisible()
  await expect(card(page, 'For Product')).toBeVisible()
  await openChannel(page, world, 'General')
  await expect(card(page, 'The last one')).toBeVisible()
  await expect(card(page, 'For both')).toBeVisible()
  await expect(card(page, 'For Product')).toHaveCount(0)
  await openChannel(page, world, 'Builds')
  await expect(page.getByText('Nothing was posted here yet')).toBeVisible()
  expect(world.teams.received.filter(({ text }) => text.includes('For nobody'))).toEqual([])
})

test('the page breaks none of the rules it is served under', async ({ page, world }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await openChannel(page, world)
  const form = await addCardwire(page)
  await choose(form, { name: 'Launch tasks', events: ['All events'] })
  await form.getByRole('button', { name: 'Only when…' }).click()
  await expect(form.getByRole('button', { name: 'Add a condition to send' })).toBeVisible()
  await save(page)
  expect(complaints).toEqual([])
})
