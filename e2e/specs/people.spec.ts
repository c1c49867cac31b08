import { expect, test, type World } from '../world.ts'
import {
  addCardwire,
  answers,
  card,
  closeDialog,
  kept,
  manage,
  openChannel,
  remove,
  save,
  saveButton,
  setUp,
} from './steps.ts'

test('a colleague to whom Teams shows the webhook URL may edit and remove', { tag: '@full' }, async ({
  page,
  world,
}) => {
  await setUp(page, world)
  signIn(world, 'Jonas Weber')
  const form = await manage(page, 'Launch tasks')
  await form.getByRole('checkbox', { name: 'Deleted' }).check()
  await save(page)
  await world.happens({ type: 'task.deleted', title: 'Wanted by a colleague' })
  await expect(card(page, 'Wanted by a colleague')).toBeVisible()

  await remove(page, 'Launch tasks')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()
  expect(await kept(world)).toEqual([])
})

test('someone of another organisation is told that this server does not serve it', async ({
  page,
  world,
}) => {
  signIn(world, 'Noor Haddad')
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(form.getByText('This server does not serve your organisation.')).toBeVisible()
  await expect(saveButton(page)).toBeDisabled()
})

test('someone of another organisation neither changes nor removes what is there', async ({ page, world }) => {
  await setUp(page, world)
  signIn(world, 'Noor Haddad')
  const form = await manage(page, 'Launch tasks')
  await expect(form.getByText('This server does not serve your organisation.')).toBeVisible()
  await expect(saveButton(page)).toBeDisabled()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await closeDialog(page)

  await remove(page, 'Launch tasks')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('alert').first()).toContainText('This server does not serve your organisation.')
  expect(await answers(page, 'settings.remove.failure')).toBe(1)
  expect(await answers(page, 'settings.remove.success')).toBe(0)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await closeDialog(page)

  expect(await kept(world)).toHaveLength(1)
  await world.happens({ title: 'Cards go on' })
  await expect(card(page, 'Cards go on')).toBeVisible()
})

test('a change that someone else made meanwhile is not overwritten unseen', async ({ page, world }) => {
  await setUp(page, world)
  const form = await manage(page, 'Launch tasks')
  await form.getByLabel('Name').fill('Mine')
  const [{ entityId } = { entityId: '' }] = await kept(world)
  const read = await world.admin(`/api/admin/configurations/${entityId}`)
  const shown = (await read.json()) as Record<string, unknown>
  const { name: _, sourceId, choices, rule, host, locale, zone, paused, place } = shown
  const theirs = { name: 'Theirs', sourceId, choices, rule, host, locale, zone, paused, place }
  const put = await world.admin(`/api/admin/configurations/${entityId}`, {
    method: 'PUT',
    body: JSON.stringify(theirs),
  })
  expect(put.status).toBe(200)

  await saveButton(page).click()
  await expect(page.getByRole('alert').first()).toContainText(
    'Someone else changed this configuration meanwhile',
  )
  expect((await kept(world)).map(({ name }) => name)).toEqual(['Theirs'])
  await form.getByRole('button', { name: 'Load their version' }).click()
  await expect(form.getByLabel('Name')).toHaveValue('Theirs')
  await form.getByLabel('Name').fill('Ours')
  await save(page)
  expect((await kept(world)).map(({ name }) => name)).toEqual(['Ours'])
})

function signIn(world: World, wanted: string): void {
  const person = world.teams.people.find(({ name }) => name === wanted)
  if (!person) throw new Error(`There is no ${wanted}.`)
  world.teams.setSession({ personId: person.id })
}
