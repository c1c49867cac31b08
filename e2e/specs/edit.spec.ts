import { expect, test } from '../world.ts'
import { addCardwire, card, choose, kept, manage, openChannel, save, saveButton, setUp } from './steps.ts'

test('an edit opens prefilled and takes effect', async ({ page, world }) => {
  await setUp(page, world, { name: 'Launch tasks', events: ['Created', 'Updated'] })
  const form = await manage(page, 'Launch tasks')
  await expect(form.getByRole('heading', { name: 'Change what General hears about' })).toBeVisible()
  await expect(form.getByLabel('Name')).toHaveValue('Launch tasks')
  await expect(form.getByRole('checkbox', { name: 'Created' })).toBeChecked()
  await expect(form.getByRole('checkbox', { name: 'Deleted' })).not.toBeChecked()
  await expect(saveButton(page)).toBeDisabled()

  await form.getByRole('checkbox', { name: 'Created' }).uncheck()
  await form.getByRole('checkbox', { name: 'Deleted' }).check()
  await save(page)

  await world.happens({ title: 'No longer wanted' })
  await world.happens({ type: 'task.deleted', title: 'Wanted now' })
  await expect(card(page, 'Wanted now')).toBeVisible()
  await expect(card(page, 'No longer wanted')).toHaveCount(0)
})

test('a pause holds cards, and its end lets them go in order', async ({ page, world }) => {
  await setUp(page, world)
  const form = await manage(page, 'Launch tasks')
  await form.getByRole('switch', { name: 'Pause cards' }).check()
  await save(page)
  expect(await (await world.happens({ title: 'Held first' })).json()).toMatchObject({
    events: [{ deliveries: 1 }],
  })
  await world.happens({ title: 'Held second' })
  expect(world.teams.received.filter(({ text }) => text.includes('Held'))).toEqual([])

  const again = await manage(page, 'Launch tasks')
  await again.getByRole('switch', { name: 'Pause cards' }).uncheck()
  await save(page)
  await expect(card(page, 'Held second')).toBeVisible()
  const titles = world.teams.received.map(({ text }) => /Held (first|second)/.exec(text)?.[0]).filter(Boolean)
  expect(titles).toEqual(['Held first', 'Held second'])
})

test('nothing on the page moves when what it fetched later has come', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUp(page, world)
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/webhook-field-*.js', async (route) => {
    await released
    await route.continue()
  })
  const form = await manage(page, 'Launch tasks')
  await expect(form.getByRole('combobox', { name: 'Source' })).toBeEnabled()
  const top = async () => (await form.getByRole('group', { name: 'Events' }).boundingBox())?.y ?? 0
  await expect(form.getByLabel('Workflow URL')).toHaveCount(0)
  const before = await top()
  release()
  await expect(form.getByLabel('Workflow URL')).toBeVisible()
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2)
})

test('a test card arrives when it is asked for', { tag: '@full' }, async ({ page, world }) => {
  await setUp(page, world)
  const form = await manage(page, 'Launch tasks')
  await form.getByRole('button', { name: 'Send a test card' }).click()
  await world.teams.arrival(({ text }) => text.includes('This is a test card'))
})

test('conditions send what they say and keep silent about the rest', async ({ page, world }) => {
  await openChannel(page, world)
  const form = await addCardwire(page)
  await choose(form, { name: 'Ada alone', events: ['Created'] })
  await form.getByRole('button', { name: 'Only when…' }).click()
  await form.getByRole('button', { name: 'Add a condition to send' }).click()
  const include = form.getByRole('group', { name: 'Send when all of these hold' })
  await include.getByLabel('Field').selectOption({ label: 'Assignee' })
  await include.getByLabel('Value').fill('ada*')
  await include.getByLabel('Comparison').selectOption({ value: 'matches' })
  await form.getByRole('button', { name: 'Add a condition to stay silent' }).click()
  const exclude = form.getByRole('group', { name: 'Stay silent when any of these holds' })
  await exclude.getByLabel('Field').selectOption({ label: 'Title' })
  await exclude.getByLabel('Comparison').selectOption({ value: 'contains' })
  await exclude.getByLabel('Value').fill('secret')
  await save(page)

  await world.happens({ title: 'Of Grace', assignee: 'Grace Hopper' })
  await world.happens({ title: 'A SECRET one', assignee: 'Ada Lovelace' })
  await world.happens({ title: 'Of Ada', assignee: 'ADA LOVELACE' })
  await expect(card(page, 'Of Ada')).toBeVisible()
  const told = world.teams.received.map(({ text }) => text).join()
  expect(told).not.toContain('Of Grace')
  expect(told).not.toContain('A SECRET one')
})

test('a condition on a field that the source no longer has is told, and does not stand in the way', {
  tag: '@full',
}, async ({ page, world }) => {
  const settings = (fields: object[]) => ({
    proof: { by: 'bearer' },
    eventTypes: [{ type: 'build', title: 'Build' }],
    type: { template: 'build' },
    title: { pointer: '/title' },
    fields,
  })
  const branch = { field: 'branch', title: 'Branch', type: 'text', value: { pointer: '/branch' } }
  const source = await world.connect({ kind: 'generic-json', name: 'Builds', settings: settings([branch]) })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await form.getByRole('combobox', { name: 'Source' }).click()
  await form.getByRole('option', { name: 'Builds' }).click()
  await choose(form, { name: 'Main builds', events: ['Build'] })
  await form.getByRole('button', { name: 'Only when…' }).click()
  await form.getByRole('button', { name: 'Add a condition to send' }).click()
  const condition = form.getByRole('group', { name: 'Condition 1' })
  await condition.getByLabel('Field').selectOption({ label: 'Branch' })
  await condition.getByLabel('Value').fill('main')
  await save(page)

  const changed = await world.admin(`/api/admin/sources/${source.id}`, {
    method: 'PUT',
    body: JSON.stringify({ name: 'Builds', settings: settings([]), access: 'everyone' }),
  })
  expect(changed.status).toBe(200)
  const edit = await manage(page, 'Main builds')
  const note = edit.getByRole('group').filter({ hasText: 'branch' })
  await expect(note).toContainText('The source no longer has branch')
  await expect(note).toContainText('no condition to send is left')
  await edit.getByLabel('Name').fill('All builds')
  await save(page)
  expect((await kept(world)).map(({ name }) => name)).toEqual(['All builds'])
})
