import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright/test'
import { inFull } from '../in-full.ts'
import { expect, test, type World } from '../world.ts'
import { configure, pick, row, signIn } from './console-steps.ts'
import { addCardwire, card, choose, expectNothingSerious, openChannel, save } from './steps.ts'

/** What an administrator does in the console. */

test.describe.configure({ mode: 'parallel' })

test('signs in and out, and says what is wrong with a token', async ({ page, world }) => {
  let asked = 0
  page.on('request', (request) => {
    if (request.url().includes('/api/admin/deliveries')) asked += 1
  })
  await page.goto(`${world.cardwire.url}/admin?page=deliveries`)
  await page.getByLabel('Admin token').fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This is not the admin token of this server.')).toBeVisible()
  // Nothing of the console was there before.
  expect(asked).toBe(0)
  await page.getByLabel('Admin token').fill(world.adminToken)
  await page.keyboard.press('Enter')
  // Where they wanted to go.
  await expect(page.getByRole('tab', { name: 'Deliveries' })).toHaveAttribute('aria-selected', 'true')
  await page.reload()
  await expect(page.getByRole('tab', { name: 'Deliveries' })).toBeVisible()
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Admin token')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Admin token')).toBeVisible()
})

test('downloads the Teams app, and says what its settings lack', async ({ page, world }) => {
  await signIn(page, world)
  await page.getByRole('button', { name: 'Download the Teams app' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Set PUBLIC_URL to the https address')
  await expectNothingSerious(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('cardwire-teams-app.zip')
  const zip = unzipSync(await readFile(await download.path()))
  expect(JSON.parse(strFromU8(zip['manifest.json'] ?? new Uint8Array()))).toMatchObject({
    validDomains: [new URL(world.cardwire.url).host],
  })
})

test('sends a failed delivery again, alone and with others', async ({ page, world }) => {
  const { webhookUrl } = world.teams.createConnector({})
  await configure(world, webhookUrl)
  await world.teams.arrival((one) => one.webhookUrl === webhookUrl)
  world.teams.script(webhookUrl, [{ status: 400, body: 'Summary or Text is required.' }])
  await world.happens({ title: 'Paint the boat' })
  await signIn(page, world, '?page=deliveries&state=refused')
  await page.getByRole('button', { name: /Paint the boat/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Summary or Text is required.')
  await expect(dialog.getByText('As it was sent.')).toBeVisible()
  await expect(dialog.getByRole('heading', { name: 'Task created: Paint the boat' }).last()).toBeVisible()
  await dialog.getByText('Body of the request').click()
  const sent = world.teams.received.findLast((one) => one.webhookUrl === webhookUrl)
  expect(JSON.parse((await dialog.locator('pre').first().textContent()) ?? '')).toEqual(
    JSON.parse(sent?.text ?? ''),
  )
  await dialog.getByRole('button', { name: 'Send again' }).click()
  await expect(dialog).toContainText('Round 2')
  await expect(dialog.getByText('Delivered', { exact: true }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  // The one that failed has its successor, which alone can be sent once more.
  await expect(page.getByRole('checkbox', { name: /Paint the boat/ })).toBeDisabled()
  await page.getByLabel('State').selectOption('Delivered')
  await expect(page.getByRole('button', { name: /Paint the boat/ })).toHaveCount(1)
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Send 1 again' }).click()
  await expect(page.getByText('1 card is sent again.').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /Paint the boat/ })).toHaveCount(2)
})

test('mends a channel: tests, pauses, edits and removes it', async ({ page, world }) => {
  const { webhookUrl } = world.teams.createConnector({})
  await configure(world, webhookUrl)
  await signIn(page, world, '?page=channels')
  await expect(row(page, 'Launch tasks')).toContainText('Tasks · Created')
  await expect(row(page, 'Launch tasks')).toContainText('Classic connector')
  await pick(page, 'Launch tasks', 'Send a test card')
  await world.teams.arrival((one) => one.webhookUrl === webhookUrl && one.text.includes('test'))
  await pick(page, 'Launch tasks', 'Pause')
  await expect(row(page, 'Launch tasks')).toContainText('Paused')
  await pick(page, 'Launch tasks', 'Edit')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Renamed')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row(page, 'Renamed')).toContainText('Paused')
  await pick(page, 'Renamed', 'Switch its URL off')
  await dialog.getByRole('button', { name: 'Switch its URL off' }).click()
  await expect(row(page, 'Renamed')).toContainText('Disabled')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await pick(page, 'Renamed', 'Switch its URL on')
  await expect(row(page, 'Renamed')).toContainText('Healthy')
  await page.getByLabel('Search').fill('nothing like it')
  await expect(page.getByText('No channel fits')).toBeVisible()
  await page.getByLabel('Search').fill('harbour')
  await pick(page, 'Renamed', 'Remove')
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('No channel fits')).toBeVisible()
})

test('gives a channel a new URL and leaves it the name that someone else gave it meanwhile', async ({
  page,
  world,
}) => {
  const entityId = await configure(world, world.teams.createConnector({}).webhookUrl)
  const at = `/api/admin/configurations/${entityId}`
  await signIn(page, world, '?page=channels')
  await pick(page, 'Launch tasks', 'Edit')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Name')).toHaveValue('Launch tasks')
  const { sourceId, choices, rule, host, locale, zone, paused, place } = await (await world.admin(at)).json()
  const kept = { sourceId, choices, rule, host, locale, zone, paused, place }
  const theirs = JSON.stringify({ ...kept, name: 'Theirs' })
  expect((await world.admin(at, { method: 'PUT', body: theirs })).status).toBe(200)
  const { webhookUrl } = world.teams.createWorkflow({})
  await dialog.getByLabel('New webhook URL').fill(webhookUrl)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(row(page, 'Theirs')).toContainText('Workflow')
})

test('explains in the language of its reader', async ({ page, world }) => {
  const { webhookUrl } = world.teams.createConnector({})
  await configure(world, webhookUrl)
  await world.teams.arrival((one) => one.webhookUrl === webhookUrl)
  world.teams.script(webhookUrl, [{ status: 400, body: 'Summary or Text is required.' }])
  await world.happens({ title: 'Paint the boat' })
  await signIn(page, world)
  await page.goto(`${world.cardwire.url}/admin?page=deliveries&lang=fr`)
  await expect(row(page, 'Paint the boat')).toContainText('Refusée')
  await expect(row(page, 'Paint the boat')).toContainText('Teams n’a pas accepté cette carte.')
  await page.getByRole('button', { name: /Paint the boat/ }).click()
  await expect(page.getByRole('dialog')).toContainText('Comparez la réponse de Teams avec la carte.')
  await expect(page.getByRole('dialog')).not.toContainText('Teams cannot')
})

test('calls a delivery by the words of its state, and a test card by what it tests', async ({
  page,
  world,
}) => {
  const [person] = world.teams.people
  if (!person) throw new Error('Nobody is there.')
  const token = await world.teams.entra.issueToken({}, { person })
  const { webhookUrl } = world.teams.createConnector({})
  const tried = await fetch(`${world.cardwire.url}/api/test-card`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl, name: 'Launch' }),
  })
  expect(tried.status).toBe(200)
  await signIn(page, world, '?page=deliveries&q=test%20card')
  await expect(row(page, 'Test card')).toContainText('A URL that was triedLaunch')
  await expect(page.getByLabel('State').getByRole('option')).toHaveText([
    'Any',
    'Held',
    'Pending',
    'Delivered',
    'Accepted',
    'Merged',
    'Refused',
    'Expired',
    'Cancelled',
  ])
})

/** What an owner sets up on a source that wants an administrator's word. */
async function askForSalaries(page: Page, world: World) {
  const payroll = await world.connect({ kind: 'tasks', name: 'Payroll', access: 'approval' })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await form.getByRole('combobox', { name: 'Source' }).click()
  await form.getByRole('option', { name: /Payroll/ }).click()
  await choose(form, { name: 'Salaries', events: ['Created'] })
  await save(page)
  return payroll
}

test('approves what an owner asked for, and the channel gets what waited', async ({ page, world }) => {
  const payroll = await askForSalaries(page, world)
  const told = await fetch(payroll.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${payroll.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'e-1', type: 'task.created', task: { id: 't-1', title: 'Raise for all' } }),
  })
  expect(told.status).toBe(202)

  const office = await page.context().newPage()
  await signIn(office, world, '?page=channels')
  await expect(row(office, 'Salaries')).toContainText('Waits for approval')
  await pick(office, 'Salaries', 'Approve')
  const dialog = office.getByRole('dialog')
  await expect(dialog).toContainText(
    'Whoever reads what its owner calls “Harbour · General” will read what Payroll tells',
  )
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect(row(office, 'Salaries')).not.toContainText('Waits for approval')
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
  await expect(card(page, 'Raise for all')).toBeVisible()
})

test('an open menu leaves the page to be seen', async ({ page, world }) => {
  await signIn(page, world)
  await page.getByRole('button', { name: 'Actions for Tasks' }).click()
  await expect(page.getByRole('menuitem', { name: 'Set up' })).toBeVisible()
  // Whatever lay over it would take the click.
  await page.getByRole('tab', { name: 'Deliveries' }).click({ trial: true, timeout: 5_000 })
})

test('scrolls nothing sideways on a phone, and stays a table for who hears it', async ({ page, world }) => {
  const long = 'Everything-that-happens-in-the-repositories-of-the-harbour'
  await world.connect({ kind: 'tasks', name: long })
  await configure(world, world.teams.createConnector({}).webhookUrl, long)
  await world.happens({ title: long })
  await page.setViewportSize({ width: 360, height: 740 })
  await signIn(page, world)
  const fits = () =>
    expect
      .poll(() =>
        page.evaluate(() =>
          [...document.querySelectorAll('html, main, [role=dialog], [role=table]')].every(
            ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth,
          ),
        ),
      )
      .toBe(true)
  const columns = { Sources: 'Last event', Channels: 'Goes to', Deliveries: 'Attempts' }
  for (const [name, column] of Object.entries(columns)) {
    await page.getByRole('tab', { name }).click()
    await expect(row(page, long)).not.toHaveCount(0)
    await fits()
    await expect(page.getByRole('columnheader', { name: column })).toBeAttached()
    await expectNothingSerious(page)
  }
  await page.getByRole('tab', { name: 'Sources' }).click()
  await page.getByRole('button', { name: 'Connect a source' }).click()
  await page.getByRole('dialog').getByLabel('Kind').selectOption('Any JSON')
  await page.getByRole('dialog').getByLabel('Begin with').selectOption('GitHub')
  await fits()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Deliveries' }).click()
  await page.getByRole('button', { name: `Task created: ${long}` }).click()
  await expect(page.getByRole('dialog')).toContainText('Attempts')
  await fits()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Channels' }).click()
  await pick(page, long, 'Remove')
  await expect(page.getByRole('dialog')).toContainText(long)
  await fits()
})

test('keeps every choice within its dialog on a phone, however long what can be chosen is called', async ({
  page,
  world,
}) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await signIn(page, world)
  await page.goto(`${world.cardwire.url}/admin?lang=fr`)
  await page.getByRole('button', { name: 'Relier une source' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type').selectOption({ index: 1 })
  await dialog.getByLabel('Partir de').selectOption({ index: 1 })
  const tooWide = () =>
    dialog.locator('select').evaluateAll(
      (selects) =>
        selects.filter((one) => {
          const surface = one.closest('[role=dialog]')?.getBoundingClientRect()
          return !surface || one.getBoundingClientRect().right > surface.right
        }).length,
    )
  await expect.poll(tooWide).toBe(0)
})

test('is worked by keyboard alone', async ({ page, world }) => {
  await page.goto(`${world.cardwire.url}/admin`)
  await page.getByLabel('Admin token').focus()
  await page.keyboard.type(world.adminToken)
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Sources' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/page=channels/)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Actions for Tasks' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

for (const theme of ['Light', 'Dark', 'High contrast'] as const) {
  test(`axe finds nothing serious in dialogs, where nothing is and where something failed, in the theme ${theme}`, {
    tag: '@full',
  }, async ({ page, world }) => {
    test.slow()
    await askForSalaries(page, world)
    await page.goto(`${world.cardwire.url}/admin`)
    await page.getByLabel('Theme').selectOption(theme)
    await page.getByLabel('Admin token').fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('This is not the admin token')).toBeVisible()
    await expectNothingSerious(page)
    await signIn(page, world)
    await page.getByRole('button', { name: 'Connect a source' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Kind').selectOption('Any JSON')
    await dialog.getByLabel('Begin with').selectOption('Example: alerts of a monitor')
    await expect(dialog.getByRole('group', { name: 'Fields 4' })).toBeAttached()
    await expectNothingSerious(page)
    await page.keyboard.press('Escape')
    await pick(page, 'Payroll', 'Remove')
    await expect(dialog).toContainText('Salaries')
    await expectNothingSerious(page)
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Channels' }).click()
    await pick(page, 'Salaries', 'Approve')
    await expect(dialog).toContainText('Payroll')
    await expectNothingSerious(page)
    await page.keyboard.press('Escape')
    await page.getByLabel('Search').fill('nothing like it')
    await expect(page.getByText('No channel fits')).toBeVisible()
    await expectNothingSerious(page)
    await page.route('**/api/admin/deliveries*', (route) => route.abort('connectionrefused'))
    await page.getByRole('tab', { name: 'Deliveries' }).click()
    await expect(page.getByText('The server does not answer')).toBeVisible()
    await expectNothingSerious(page)
  })

  test(`axe finds nothing serious on any page in the theme ${theme}`, { tag: inFull(theme) }, async ({
    page,
    world,
  }) => {
    test.slow()
    await configure(world, world.teams.createConnector({}).webhookUrl)
    await world.happens({ title: 'Paint the boat' })
    await page.goto(`${world.cardwire.url}/admin`)
    await expect(page.getByLabel('Admin token')).toBeVisible()
    await page.getByLabel('Theme').selectOption(theme)
    await expectNothingSerious(page)
    await signIn(page, world)
    await expect(row(page, 'Tasks')).toBeVisible()
    await expectNothingSerious(page)
    await pick(page, 'Tasks', 'Set up')
    await expectNothingSerious(page)
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Channels' }).click()
    await expect(row(page, 'Launch tasks')).toBeVisible()
    await expectNothingSerious(page)
    for (const item of ['Edit', 'Remove']) {
      await pick(page, 'Launch tasks', item)
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNothingSerious(page)
      await page.keyboard.press('Escape')
    }
    await page.getByRole('tab', { name: 'Deliveries' }).click()
    await page.getByRole('button', { name: /Paint the boat/ }).click()
    await expect(page.getByRole('dialog')).toContainText('Attempts')
    await expectNothingSerious(page)
  })
}
