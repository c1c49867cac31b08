import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright/test'
import type { Source } from '../../server/model/source.ts'
import { expect, test, type World } from '../world.ts'
import { configure, pick, row, signIn } from './console-steps.ts'
import { expectNothingSerious } from './steps.ts'

/** What an administrator does with sources in the console. */

test.describe.configure({ mode: 'parallel' })

test('connects a source, which turns green with its first event, and removes it', async ({ page, world }) => {
  await signIn(page, world)
  await page.getByRole('button', { name: 'Connect a source' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Planner of the harbour')
  await dialog.getByRole('button', { name: 'Connect a source' }).click()
  await expect(dialog.getByText('Waiting for the first event…')).toBeVisible()
  const url = await dialog.getByRole('textbox', { name: 'URL for its events' }).inputValue()
  const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue()
  const told = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'a', type: 'task.created', task: { id: '1', title: 'First' } }),
  })
  expect(told.status).toBe(202)
  await expect(dialog.getByText('Connected: events are coming in')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await pick(page, 'Planner of the harbour', 'Set up')
  await expect(dialog.getByText('The secret was shown when it was made.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await pick(page, 'Planner of the harbour', 'Rotate the secret')
  await expect(dialog.getByRole('textbox', { name: 'Secret' })).not.toHaveValue(secret)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(row(page, 'Planner of the harbour')).toContainText('2 secrets are valid')
  await pick(page, 'Planner of the harbour', 'Drop the old secret')
  await expect(row(page, 'Planner of the harbour')).toContainText('1 secret is valid')
  await pick(page, 'Planner of the harbour', 'Pause')
  await expect(row(page, 'Planner of the harbour')).toContainText('Paused')
  await pick(page, 'Planner of the harbour', 'Remove')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  // What is behind a dialog is not there for anyone who asks by role.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(row(page, 'Planner of the harbour')).toHaveCount(0)
})

test('connects any system by a form that is drawn from its settings, and edits them', async ({
  page,
  world,
}) => {
  await signIn(page, world)
  await page.getByRole('button', { name: 'Connect a source' }).click()
  const dialog = page.getByRole('dialog')
  const connect = dialog.getByRole('button', { name: 'Connect a source' })
  await dialog.getByLabel('Name').fill('Lighthouse')
  await dialog.getByLabel('Kind').selectOption('Any JSON')
  const type = dialog.getByRole('group', { name: 'Event types 1', exact: true })
  await type.getByRole('textbox', { name: 'Type' }).fill('lamp.out')
  // Who looks at another beginning loses nothing.
  await dialog.getByLabel('Begin with').selectOption('GitHub')
  await expect(type.getByRole('textbox', { name: 'Type' })).toHaveValue('push')
  await dialog.getByLabel('Begin with').selectOption('Nothing')
  await expect(type.getByRole('textbox', { name: 'Type' })).toHaveValue('lamp.out')
  await expect(connect).toHaveAttribute('aria-disabled', 'true')
  await type.getByRole('textbox', { name: 'Title' }).fill('The lamp goes out')
  await dialog.getByRole('textbox', { name: 'Type' }).last().fill('/kind')
  await dialog.getByLabel('How Title is given').last().selectOption('Template')
  await dialog.getByRole('textbox', { name: 'Title' }).last().fill('Lamp {{ item.lamp }')
  await dialog.getByRole('button', { name: 'Add a setting' }).click()
  await page.getByRole('menuitem', { name: /^Severity/ }).click()
  await dialog.getByRole('textbox', { name: 'Severity' }).fill('/severity')
  await connect.click()
  // What is wrong is said where it is mended, and nothing of it is lost.
  await expect(dialog.getByRole('alert')).toContainText('title')
  await dialog.getByRole('textbox', { name: 'Title' }).last().fill('Lamp {{ item.lamp }} is out')
  await connect.click()
  const url = await dialog.getByRole('textbox', { name: 'URL for its events' }).inputValue()
  const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue()
  await expect(dialog).toContainText('“Authorization: Bearer”')
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ kind: 'lamp.out', lamp: 7, severity: 'critical' })
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(202)
  await expect(dialog.getByText('Connected: events are coming in')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()

  await pick(page, 'Lighthouse', 'Edit')
  await expect(dialog.getByRole('textbox', { name: 'Severity' })).toHaveValue('/severity')
  await dialog.getByRole('button', { name: 'Remove Severity' }).click()
  await dialog.getByRole('button', { name: 'Add to Event types' }).click()
  const second = dialog.getByRole('group', { name: 'Event types 2' })
  await second.getByRole('textbox', { name: 'Type' }).fill('lamp.lit')
  await second.getByRole('textbox', { name: 'Title' }).fill('The lamp is lit')
  await dialog.getByLabel('Name').fill('Lighthouses')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(row(page, 'Lighthouses')).toBeVisible()
  const edited = await sourceNamed(world, 'Lighthouses')
  expect(edited.settings).toEqual({
    proof: { by: 'bearer' },
    eventTypes: [
      { type: 'lamp.out', title: 'The lamp goes out' },
      { type: 'lamp.lit', title: 'The lamp is lit' },
    ],
    type: { pointer: '/kind' },
    title: { template: 'Lamp {{ item.lamp }} is out' },
  })
})

test('overwrites nothing that someone else changed while a source was edited', async ({ page, world }) => {
  await signIn(page, world)
  await pick(page, 'Tasks', 'Edit')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Mine')
  const { id, settings, access } = await sourceNamed(world, 'Tasks')
  const theirs = JSON.stringify({ name: 'Theirs', settings, access })
  expect((await world.admin(`/api/admin/sources/${id}`, { method: 'PUT', body: theirs })).status).toBe(200)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toContainText('changed')
  // However often.
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeEnabled()
  await expect(dialog.getByRole('alert')).toContainText('changed')
  await page.keyboard.press('Escape')
  await expect(row(page, 'Theirs')).toBeVisible()
  expect(await sourceNamed(world, 'Theirs')).toMatchObject({ id })
})

test('changes one thing of a source and leaves what others changed meanwhile', async ({ page, world }) => {
  await signIn(page, world)
  await expect(row(page, 'Tasks')).toBeVisible()
  await keepsShowing(page, world, 'sources')
  const { id, settings } = await sourceNamed(world, 'Tasks')
  const theirs = JSON.stringify({ name: 'Theirs', settings, access: 'approval' })
  expect((await world.admin(`/api/admin/sources/${id}`, { method: 'PUT', body: theirs })).status).toBe(200)
  const changed = async (item: string, wanted: Partial<Source>) => {
    await pick(page, 'Tasks', item)
    const read = async () => (await world.admin(`/api/admin/sources/${id}`)).json()
    await expect.poll(read).toMatchObject({ name: 'Theirs', access: 'approval', ...wanted })
  }
  await changed('Pause', { paused: true })
  await changed('Rotate the secret', { paused: true, secrets: 2 })
})

/** From now on the list stays what it is now, as it is for someone who acts before it is read again. */
async function keepsShowing(page: Page, world: World, list: string): Promise<void> {
  const body = await (await world.admin(`/api/admin/${list}`)).text()
  await page.route(`**/api/admin/${list}`, (route) =>
    route.fulfill({ body, contentType: 'application/json; charset=utf-8' }),
  )
}

test('asks before a secret that may be in use stops working, and keeps a new one in sight until it is done with', async ({
  page,
  world,
}) => {
  await signIn(page, world)
  const dialog = page.getByRole('dialog')
  const secret = dialog.getByRole('textbox', { name: 'Secret' })
  await pick(page, 'Tasks', 'Rotate the secret')
  const second = await secret.inputValue()
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  await expect(secret).toHaveValue(second)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await pick(page, 'Tasks', 'Rotate the secret')
  await expect(dialog).toContainText('the older of the two stops working at once')
  await expectNothingSerious(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  // The first one is still taken.
  expect((await world.happens({ title: 'Still heard' })).status).toBe(202)

  await pick(page, 'Tasks', 'Rotate the secret')
  await dialog.getByRole('button', { name: 'Rotate the secret' }).click()
  await expect(secret).not.toHaveValue(second)
  expect((await world.happens({ title: 'Not heard any more' })).status).toBe(401)
})

test('tells why the requests of a source are refused', async ({ page, world }) => {
  await signIn(page, world)
  await pick(page, 'Tasks', 'Set up')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Waiting for the first event…')).toBeVisible()
  const send = (secret: string, body: string) =>
    fetch(world.tasks.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body,
    })
  expect((await send('a-secret-of-someone-else', '{}')).status).toBe(401)
  await expect(dialog.getByText('Its latest request was refused.')).toBeVisible()
  await expect(dialog.getByRole('listitem')).toContainText('Its proof of origin is missing or wrong.')
  await expect(dialog.getByRole('listitem')).toContainText(/proof-invalid · .* · once/)
  await expect(dialog).not.toContainText('a-secret-of-someone-else')
  await expectNothingSerious(page)
  expect((await world.happens({ title: 'Heard' })).status).toBe(202)
  await expect(dialog.getByText('Connected: events are coming in')).toBeVisible()
  await expect(dialog.getByRole('heading', { name: 'Refused requests' })).toBeVisible()
})

test('warns before settings take from channels what those want', async ({ page, world }) => {
  const settings = {
    proof: { by: 'bearer' },
    eventTypes: [
      { type: 'lamp.out', title: 'The lamp goes out' },
      { type: 'lamp.lit', title: 'The lamp is lit' },
    ],
    type: { pointer: '/kind' },
    title: { template: 'Lamp {{ item.lamp }}' },
  }
  const { id } = await world.connect({ kind: 'generic-json', name: 'Lighthouse', settings })
  const { webhookUrl } = world.teams.createConnector({})
  await configure(world, webhookUrl, 'Keepers', { sourceId: id, eventTypes: ['lamp.lit'] })
  await signIn(page, world)
  const dialog = page.getByRole('dialog')
  const saveIt = dialog.getByRole('button', { name: 'Save', exact: true })
  await pick(page, 'Lighthouse', 'Edit')
  await dialog.getByRole('button', { name: 'Remove Event types 2' }).click()
  await saveIt.click()
  await expect(dialog).toContainText('the source no longer sends: The lamp is lit')
  await expect(dialog.getByRole('listitem')).toHaveText('Keepers')
  await expect(dialog.getByRole('button', { name: 'Back' })).toBeFocused()
  await expectNothingSerious(page)
  await dialog.getByRole('button', { name: 'Back' }).click()
  // What was written is still there.
  await expect(dialog.getByRole('group', { name: 'Event types 2' })).toHaveCount(0)
  expect((await sourceNamed(world, 'Lighthouse')).eventTypes).toHaveLength(2)
  await saveIt.click()
  await dialog.getByRole('button', { name: 'Save all the same' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await sourceNamed(world, 'Lighthouse')).eventTypes).toHaveLength(1)
})

test('hands over a command that sends a first event, whatever proves it', async ({ page, world }) => {
  await signIn(page, world)
  await page.getByRole('button', { name: 'Connect a source' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('GitHub')
  await dialog.getByLabel('Kind').selectOption('Any JSON')
  await dialog.getByLabel('Begin with').selectOption('GitHub')
  await dialog.getByRole('button', { name: 'Connect a source' }).click()
  await expect(dialog).toContainText('“X-Hub-Signature-256”: “sha256=” and the HMAC-SHA-256')
  const command = await dialog.getByRole('textbox', { name: 'Send a first event' }).inputValue()
  await fetchAsShell(command)
  await expect(dialog.getByText('Connected: events are coming in')).toBeVisible()
})

async function sourceNamed(world: World, name: string) {
  const answer = await world.admin('/api/admin/sources')
  const { items } = (await answer.json()) as { items: Source[] }
  const found = items.find((one) => one.name === name)
  if (!found) throw new Error(`There is no source ${name}.`)
  return found
}

/** A shell reads the command, and what it would give to curl is sent from here: not every machine has one. */
async function fetchAsShell(command: string): Promise<void> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`])
  const given = stdout.trimEnd().split('\n')
  const after = (option: string) => given.flatMap((one, index) => (given[index - 1] === option ? [one] : []))
  const headers = after('--header').map((one): [string, string] => {
    const [name = '', ...value] = one.split(': ')
    return [name, value.join(': ')]
  })
  const [body = ''] = after('--data-raw')
  const answer = await fetch(given.at(-1) ?? '', { method: 'POST', headers, body })
  expect(answer.status).toBe(202)
}

test('names what depends on a source instead of removing it', async ({ page, world }) => {
  await configure(world, world.teams.createConnector({}).webhookUrl)
  await signIn(page, world)
  await pick(page, 'Tasks', 'Remove')
  await expect(page.getByRole('dialog')).toContainText('Launch tasks · Harbour · General')
  await page.getByRole('button', { name: 'Show its channels' }).click()
  await expect(row(page, 'Launch tasks')).toBeVisible()
})
