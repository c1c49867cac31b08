import { expect, test } from '../world.ts'
import { card, manage, setUp } from './steps.ts'

test('everything is still there after the server was stopped and started', async ({ page, world }) => {
  await setUp(page, world)
  await world.restart()
  await world.happens({ title: 'After the restart' })
  await expect(card(page, 'After the restart')).toBeVisible()
  const form = await manage(page, 'Launch tasks')
  await expect(form.getByLabel('Name')).toHaveValue('Launch tasks')
  await expect(form.getByRole('checkbox', { name: 'Created' })).toBeChecked()
})

test('an event that was answered before the server was killed is sent after it', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUp(page, world)
  const [connector] = world.teams.connectors
  world.teams.script(connector?.webhookUrl ?? '', [{ hang: true }])
  expect((await world.happens({ title: 'In flight' })).status).toBe(202)
  expect((await world.happens({ title: 'Waiting behind it' })).status).toBe(202)
  await world.teams.arrival(({ text }) => text.includes('In flight'))

  await world.restart('kill')
  await expect(card(page, 'Waiting behind it')).toBeVisible()
  await expect(card(page, 'In flight')).toBeVisible()
  const shown = world.teams.received.filter(({ shown: isShown }) => isShown).map(({ text }) => text)
  expect(shown.filter((text) => text.includes('In flight'))).toHaveLength(1)
})
