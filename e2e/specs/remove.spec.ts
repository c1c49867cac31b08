import { expect, test } from '../world.ts'
import { kept, removalFrame, remove, setUp } from './steps.ts'

test('a removal stops the cards and leaves nothing behind', async ({ page, world }) => {
  await setUp(page, world)
  await setUp(page, world, { channel: 'Product', name: 'Other tasks' })
  await remove(page, 'Other tasks')
  await expect(removalFrame(page).getByRole('heading', { name: 'Stop “Other tasks”?' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()

  expect((await kept(world)).map(({ name }) => name)).toEqual(['Launch tasks'])
  expect(await (await world.happens({ title: 'Afterwards' })).json()).toMatchObject({
    events: [{ deliveries: 1 }],
  })
  const arrived = await world.teams.arrival(({ text }) => text.includes('Afterwards'))
  expect(arrived.channelId).toBe(world.teams.channels.find(({ name }) => name === 'General')?.id)
})

test('a removal that never told us is found out by what Teams answers', async ({ page, world }) => {
  await setUp(page, world)
  world.teams.setSwitches({ removeHandlerNotCalled: true })
  await remove(page, 'Launch tasks')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()
  await world.happens({ title: 'To nobody' })
  const { answer } = await world.teams.arrival(({ text }) => text.includes('To nobody'))
  expect(answer).toMatchObject({ status: 410 })
  // Within two minutes of a save, a 410 may be Teams still completing it: it is tried again, not given up.
  await expect
    .poll(() =>
      world.cardwire.log.map((line) => JSON.parse(line)).filter(({ outcome }) => outcome === 'gone'),
    )
    .toContainEqual(expect.objectContaining({ event: 'delivery.attempted', state: 'pending', status: 410 }))
})
