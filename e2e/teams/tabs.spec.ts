/**
 * The tab host and the Workflows app against the SDK exactly as Microsoft publishes it: what a tab has in common with
 * a connector is in `wire.spec.ts`; here is what differs.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Frame, type Page, test } from 'playwright/test'
import { inFull } from '../in-full.ts'
import { createSimulatedTeams, type SimulatedTeams } from './simulated-teams.ts'
import { appFrame, createWireApp } from './wire-app.ts'

let teams: SimulatedTeams
let app: Awaited<ReturnType<typeof createWireApp>>
const APP_ID = '2b6a4c1d-9e0f-4a57-8b3c-d1e2f3a4b501'

/** A page of the app. */
const at = (path: string) => `${app.origin}/${path}?host=${encodeURIComponent(teams.url)}`

test.beforeAll(async () => {
  app = await createWireApp()
  teams = await createSimulatedTeams()
  teams.setApps([
    {
      connectorId: APP_ID,
      name: 'Tiny',
      description: 'As small as an app can be.',
      configurationUrl: at('connector'),
      tabConfigurationUrl: at('tab'),
    },
  ])
})
test.afterAll(async () => {
  await teams.close()
  await app.close()
})
test.beforeEach(async ({ page }) => {
  teams.reset()
  await page.goto(teams.url)
})

const settings = () => ({ entityId: 'e-1', suggestedDisplayName: 'Launch tasks', contentUrl: at('content') })

async function add(page: Page): Promise<Frame> {
  await page.getByRole('button', { name: 'Add a tab' }).click()
  await page.getByRole('button', { name: 'Tiny' }).click()
  return appFrame(page)
}

/** Presses Save; the app hands over these settings and says success. */
async function save(page: Page, frame: Frame, wanted: object): Promise<void> {
  await frame.evaluate((given) => {
    const { config } = window.microsoftTeams.pages
    config.registerOnSaveHandler((event) => {
      void config.setConfig(given as never).then(() => event.notifySuccess())
    })
    config.setValidityState(true)
  }, wanted)
  await page.getByRole('button', { name: 'Save' }).click()
}

async function menu(page: Page, item: 'Settings' | 'Remove'): Promise<void> {
  await page.getByRole('button', { name: 'Options of Launch tasks' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const contextOf = (frame: Frame) => frame.evaluate(() => window.microsoftTeams.app.getContext())
const configOf = (frame: Frame) => frame.evaluate(() => window.microsoftTeams.pages.getConfig())

test('opens the manifest’s page for tabs, which sees no URL and nothing that only connectors have', async ({
  page,
}) => {
  const frame = await add(page)
  expect(new URL(frame.url()).pathname).toBe('/tab')
  expect(await configOf(frame)).toEqual({})
  expect(await contextOf(frame)).toMatchObject({
    page: { id: '', frameContext: 'settings' },
    channel: { displayName: 'General' },
  })
  await save(page, frame, settings())
  await expect.poll(() => teams.tabs).toHaveLength(1)
  expect(teams.connectors).toEqual([])
  const log = await page.evaluate(() => window.wireLog ?? [])
  expect(log.find(({ func }) => func === 'settings.save')?.args).toEqual([{}])
})

test('shows the content in its own frame context, and keeps only what a tab has', async ({ page }) => {
  await save(page, await add(page), { ...settings(), configName: 'Not for tabs' })
  await expect(page.getByRole('tab', { name: 'Launch tasks', selected: true })).toBeVisible()
  const frame = await appFrame(page, 'Tiny tab')
  expect(new URL(frame.url()).pathname).toBe('/content')
  expect((await contextOf(frame)).page).toMatchObject({ id: 'e-1', frameContext: 'content' })
  expect(await configOf(frame)).toEqual(settings())
  expect(teams.tabs).toMatchObject([{ settings: settings(), revision: 1 }])
})

test('opens the first page again for its settings, filled with what was saved, and loads the content afresh', async ({
  page,
}) => {
  teams.addTab({ connectorId: APP_ID, settings: settings() })
  await page.getByRole('tab', { name: 'Launch tasks' }).click()
  await menu(page, 'Settings')
  const frame = await appFrame(page)
  expect(new URL(frame.url()).pathname).toBe('/tab')
  expect((await contextOf(frame)).page.id).toBe('e-1')
  expect(await configOf(frame)).toEqual(settings())
  await save(page, frame, { ...settings(), suggestedDisplayName: 'Renamed', contentUrl: at('other') })
  await expect(page.getByRole('tab', { name: 'Renamed', selected: true })).toBeVisible()
  expect(new URL((await appFrame(page, 'Tiny tab')).url()).pathname).toBe('/other')
  expect(teams.tabs).toHaveLength(1)
})

test('makes no tab when the app fails, gives no content, or content that is not its own', async ({
  page,
}) => {
  const frame = await add(page)
  await save(page, frame, { entityId: 'e-1' })
  await expect(page.getByRole('alert')).toContainText('gave no content URL')
  await save(page, frame, { ...settings(), contentUrl: 'https://example.com/' })
  await expect(page.getByRole('alert')).toContainText('not in its valid domains')
  await frame.evaluate(() =>
    window.microsoftTeams.pages.config.registerOnSaveHandler((event) => event.notifyFailure('No.')),
  )
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert')).toHaveText('No.')
  expect(teams.tabs).toEqual([])
})

test('is removed through the app’s page, which may refuse; without one, unasked', async ({ page }) => {
  teams.addTab({ connectorId: APP_ID, settings: { ...settings(), removeUrl: at('remove') } })
  await page.getByRole('tab', { name: 'Launch tasks' }).click()
  await menu(page, 'Remove')
  const frame = await appFrame(page, 'Tiny removal')
  const remove = page.getByRole('button', { name: 'Remove', exact: true })
  expect((await contextOf(frame)).page).toMatchObject({ id: 'e-1', frameContext: 'remove' })
  await expect(remove).toBeDisabled()
  await frame.evaluate(() => {
    const { config } = window.microsoftTeams.pages
    config.registerOnRemoveHandler((event) => event.notifyFailure('Not yet.'))
    config.setValidityState(true)
  })
  await remove.click()
  await expect(page.getByRole('alert')).toHaveText('Not yet.')
  expect(teams.tabs).toHaveLength(1)
  await frame.evaluate(() =>
    window.microsoftTeams.pages.config.registerOnRemoveHandler((event) => event.notifySuccess()),
  )
  await remove.click()
  await expect(page.getByRole('tab', { name: 'Posts', selected: true })).toBeVisible()
  expect(teams.tabs).toEqual([])

  teams.addTab({ connectorId: APP_ID, settings: settings() })
  await page.getByRole('tab', { name: 'Launch tasks' }).click()
  await menu(page, 'Remove')
  await remove.click()
  await expect.poll(() => teams.tabs).toEqual([])
})

test('tells the content of a new theme', async ({ page }) => {
  teams.addTab({ connectorId: APP_ID, settings: settings() })
  await page.getByRole('tab', { name: 'Launch tasks' }).click()
  const frame = await appFrame(page, 'Tiny tab')
  await frame.evaluate(() => {
    window.themes = []
    window.microsoftTeams.app.registerOnThemeChangeHandler((theme) => window.themes?.push(theme))
  })
  teams.setSession({ theme: 'dark' })
  await frame.waitForFunction(() => window.themes?.includes('dark'))
})

test('is offered in a group chat too, where the app finds a chat, no channel and no connectors', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Launch week' }).click()
  await expect(page.getByRole('button', { name: 'Connectors' })).toBeHidden()
  const context = await contextOf(await add(page))
  expect(context).toMatchObject({ chat: { id: teams.chats[0]?.id } })
  expect([context.channel, context.team]).toEqual([undefined, undefined])
})

test('a person makes a workflow, copies its URL while setting up a tab, and sees its runs', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await add(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Workflows' }).click()
  const dialog = page.getByRole('dialog', { name: 'Workflows for “General”' })
  await dialog.getByRole('button', { name: 'Create workflow' }).click()
  const item = dialog.getByRole('listitem', { name: 'Send webhook alerts to General' })
  await item.getByRole('button', { name: 'Copy URL' }).click()
  await expect(item.getByRole('button', { name: 'Copied' })).toBeVisible()
  const url = await item.getByRole('textbox', { name: 'URL' }).inputValue()
  expect(url).toBe(teams.workflows[0]?.webhookUrl)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url)

  await item.getByRole('button', { name: 'Runs' }).click()
  await expect(item).toContainText('It has not run yet.')
  await fetch(url, { method: 'POST', body: '{}' })
  await expect(item.getByRole('list', { name: 'Runs' })).toContainText('The body is not')
  await item.getByRole('switch').click()
  await expect.poll(() => teams.workflows[0]?.phase).toBe('off')
  await item.getByRole('button', { name: 'Delete' }).click()
  await expect(item).toBeHidden()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('dialog', { name: 'Add Tiny to “General”' })).toBeVisible()
})

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious around tabs and workflows in the ${theme} theme`, {
    tag: inFull(theme),
  }, async ({ page }) => {
    teams.setSession({ theme })
    const { webhookUrl } = teams.createWorkflow()
    await fetch(webhookUrl, { method: 'POST', body: '{}' })
    teams.addTab({ connectorId: APP_ID, settings: settings() })
    await page.getByRole('tab', { name: 'Launch tasks' }).click()
    await expectNothingSerious(page)
    await page.getByRole('button', { name: 'Workflows' }).click()
    await page.getByRole('button', { name: 'Runs' }).click()
    await expect(page.getByRole('list', { name: 'Runs' })).toContainText('Failed')
    await expectNothingSerious(page)
  })
}

async function expectNothingSerious(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .exclude('iframe')
    .exclude('[data-tabster-dummy]')
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
