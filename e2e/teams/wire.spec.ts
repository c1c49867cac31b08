/**
 * The host page against the SDK exactly as Microsoft publishes it: a tiny app on another origin goes through
 * everything that a configuration page does, and each switch makes the difference that it names.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type * as TeamsJs from '@microsoft/teams-js'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { expect, type Frame, type Page, test } from 'playwright/test'
import { inFull } from '../in-full.ts'
import { createSimulatedTeams, type SimulatedTeams } from './simulated-teams.ts'
import { appFrame, createWireApp } from './wire-app.ts'

/** What the types of the SDK do not have and a connector sees. */
type Seen = TeamsJs.pages.InstanceConfig & { webhookUrl?: string; configName?: string }

let teams: SimulatedTeams
let app: Awaited<ReturnType<typeof createWireApp>>
const APP_ID = '2b6a4c1d-9e0f-4a57-8b3c-d1e2f3a4b501'

test.beforeAll(async () => {
  app = await createWireApp()
  teams = await createSimulatedTeams()
  const configurationUrl = `${app.origin}/configure?host=${encodeURIComponent(teams.url)}`
  teams.setApps([
    { connectorId: APP_ID, name: 'Tiny', description: 'As small as an app can be.', configurationUrl },
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

const SETTINGS = { entityId: 'e-1', configName: 'Tiny for tasks', suggestedDisplayName: 'Tiny for tasks' }

async function post(webhookUrl: string | undefined, message: object = { text: 'hello' }): Promise<number> {
  const response = await fetch(webhookUrl ?? '', { method: 'POST', body: JSON.stringify(message) })
  await response.text()
  return response.status
}

const save = (page: Page) => page.getByRole('button', { name: 'Save' })

async function add(page: Page): Promise<Frame> {
  await page.getByRole('button', { name: 'Connectors' }).click()
  await page.getByRole('listitem', { name: 'Tiny' }).getByRole('button', { name: 'Add' }).click()
  return appFrame(page)
}

async function manage(page: Page): Promise<Frame> {
  await page.getByRole('button', { name: 'Connectors' }).click()
  await page
    .getByRole('listitem', { name: SETTINGS.configName })
    .getByRole('button', { name: 'Manage' })
    .click()
  return appFrame(page)
}

async function remove(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connectors' }).click()
  await page
    .getByRole('listitem', { name: SETTINGS.configName })
    .getByRole('button', { name: 'Remove' })
    .click()
}

/** Registers a save handler that keeps the event, makes the page valid, and presses Save. */
async function pressSave(page: Page, frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const { config } = window.microsoftTeams.pages
    config.registerOnSaveHandler((event) => {
      window.saveEvent = event
    })
    config.setValidityState(true)
  })
  await save(page).click()
  await frame.waitForFunction(() => window.saveEvent !== undefined)
}

const eventUrl = (frame: Frame) => frame.evaluate(() => window.saveEvent?.result.webhookUrl)

const setConfig = (frame: Frame, settings: object) =>
  frame.evaluate((wanted) => window.microsoftTeams.pages.config.setConfig(wanted as Seen), settings)

const getConfig = (frame: Frame): Promise<Seen> =>
  frame.evaluate(() => window.microsoftTeams.pages.getConfig())

const succeed = (frame: Frame) => frame.evaluate(() => window.saveEvent?.notifySuccess())

/** A connector that was saved before, with pages of its own for editing and removing. */
function configured() {
  const connector = teams.createConnector({ connectorId: APP_ID })
  const at = (path: string) => `${app.origin}/${path}?host=${encodeURIComponent(teams.url)}`
  teams.completeConnector(connector.id, {
    settings: { ...SETTINGS, contentUrl: at('edit'), removeUrl: at('remove') },
  })
  return connector
}

test('tells the app where it is, in the language and theme that are set', async ({ page }) => {
  teams.setSession({ locale: 'fr-FR', theme: 'dark' })
  await page.getByRole('navigation').getByRole('button', { name: '产品发布' }).click()
  const frame = await add(page)
  const context = await frame.evaluate(() => window.microsoftTeams.app.getContext())
  expect(context).toMatchObject({
    app: { locale: 'fr-FR', theme: 'dark', host: { name: 'Teams', clientType: 'web' } },
    page: { frameContext: 'settings' },
    user: { id: teams.people[0]?.id, tenant: { id: teams.entra.tenantId } },
    team: { displayName: 'Harbour' },
    channel: { displayName: '产品发布' },
  })
})

test('keeps Save disabled until the app says that it is valid, and again when it no longer is', async ({
  page,
}) => {
  const frame = await add(page)
  await expect(save(page)).toBeDisabled()
  await frame.evaluate(() => window.microsoftTeams.pages.config.setValidityState(true))
  await expect(save(page)).toBeEnabled()
  await frame.evaluate(() => window.microsoftTeams.pages.config.setValidityState(false))
  await expect(save(page)).toBeDisabled()
})

test('lets the webhook URL live only once the app has said success', async ({ page }) => {
  const frame = await add(page)
  await pressSave(page, frame)
  await expect(page.getByRole('button', { name: 'Saving…' })).toBeDisabled()
  const webhookUrl = await eventUrl(frame)
  expect(await post(webhookUrl)).toBe(410)
  await setConfig(frame, SETTINGS)
  expect(await getConfig(frame)).toMatchObject({ ...SETTINGS, webhookUrl, appType: 'teams' })
  expect(await post(webhookUrl)).toBe(410)
  await succeed(frame)
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await post(webhookUrl, { summary: 's', title: 'A task was created' })).toBe(200)
  await expect(page.getByRole('article', { name: 'Tiny for tasks: A task was created' })).toBeVisible()
})

test('shows why a save failed, stays open, and never lets that URL live', async ({ page }) => {
  const frame = await add(page)
  await pressSave(page, frame)
  const webhookUrl = await eventUrl(frame)
  await frame.evaluate(() => window.saveEvent?.notifyFailure('The server said no.'))
  await expect(page.getByRole('alert')).toHaveText('The server said no.')
  expect(await post(webhookUrl)).toBe(410)
  await frame.evaluate(() => delete window.saveEvent)
  await pressSave(page, frame)
  expect(await eventUrl(frame)).not.toBe(webhookUrl)
})

test('saves nothing but the connector when the app registered no handler: the SDK says success', async ({
  page,
}) => {
  const frame = await add(page)
  await frame.evaluate(() => window.microsoftTeams.pages.config.setValidityState(true))
  await save(page).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(teams.connectors).toMatchObject([{ phase: 'live', settings: {} }])
})

test('leaves a dead URL behind when Cancel is pressed while saving', async ({ page }) => {
  const frame = await add(page)
  await pressSave(page, frame)
  const webhookUrl = await eventUrl(frame)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'Available' })).toBeVisible()
  expect(await post(webhookUrl)).toBe(410)
})

test('opens Manage at the content URL with what was saved, and keeps the URL', async ({ page }) => {
  const { webhookUrl } = configured()
  const frame = await manage(page)
  expect(new URL(frame.url()).pathname).toBe('/edit')
  expect(await getConfig(frame)).toMatchObject({ ...SETTINGS, webhookUrl })
  expect(await frame.evaluate(async () => (await window.microsoftTeams.app.getContext()).page.id)).toBe('e-1')
  await pressSave(page, frame)
  expect(await eventUrl(frame)).toBe(webhookUrl)
  await setConfig(frame, { ...SETTINGS, configName: 'Renamed' })
  await succeed(frame)
  await page.getByRole('button', { name: 'Connectors' }).click()
  await expect(page.getByRole('listitem', { name: 'Renamed' })).toBeVisible()
  expect(await post(webhookUrl)).toBe(200)
})

test('removes through the app’s page, which must be valid and may refuse', async ({ page }) => {
  const { webhookUrl } = configured()
  await remove(page)
  const frame = await appFrame(page, 'Tiny removal')
  const button = page.getByRole('button', { name: 'Remove' })
  expect(
    await frame.evaluate(async () => (await window.microsoftTeams.app.getContext()).page.frameContext),
  ).toBe('remove')
  expect(await getConfig(frame)).toMatchObject({ entityId: 'e-1' })
  await expect(button).toBeDisabled()
  await frame.evaluate(() => {
    const { config } = window.microsoftTeams.pages
    config.registerOnRemoveHandler((event) => event.notifyFailure('Not yet.'))
    config.setValidityState(true)
  })
  await button.click()
  await expect(page.getByRole('alert')).toHaveText('Not yet.')
  expect(await post(webhookUrl)).toBe(200)
  await frame.evaluate(() =>
    window.microsoftTeams.pages.config.registerOnRemoveHandler((event) => event.notifySuccess()),
  )
  await button.click()
  await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()
  expect(await post(webhookUrl)).toBe(410)
})

test('removes in place when the app gave no removal page', async ({ page }) => {
  const { id, webhookUrl } = configured()
  teams.completeConnector(id, { settings: SETTINGS })
  await remove(page)
  const frame = await appFrame(page, 'Tiny removal')
  await frame.evaluate(() =>
    window.microsoftTeams.pages.config.registerOnRemoveHandler((event) => event.notifySuccess()),
  )
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()
  expect(await post(webhookUrl)).toBe(410)
})

test('tells an app that asked of every change of theme, and changes itself', async ({ page }) => {
  const frame = await add(page)
  await frame.evaluate(() => {
    window.themes = []
    window.microsoftTeams.app.registerOnThemeChangeHandler((theme) => window.themes?.push(theme))
  })
  const background = () =>
    page.getByRole('dialog').evaluate((dialog) => getComputedStyle(dialog).backgroundColor)
  const light = await background()
  teams.setSession({ theme: 'contrast' })
  await frame.waitForFunction(() => window.themes?.includes('contrast'))
  await expect.poll(background).not.toBe(light)
  teams.setSession({ theme: 'dark' })
  await frame.waitForFunction(() => window.themes?.includes('dark'))
  expect(await frame.evaluate(() => window.themes)).toEqual(['contrast', 'dark'])
})

test('hands out tokens that the issuer’s keys prove', async ({ page }) => {
  const frame = await add(page)
  const token = await frame.evaluate(() => window.microsoftTeams.authentication.getAuthToken())
  const { authority, tenantId, clientId } = teams.entra
  const keys = createRemoteJWKSet(new URL(`${authority}/${tenantId}/discovery/v2.0/keys`))
  const { payload } = await jwtVerify(token, keys, {
    audience: clientId,
    issuer: `${authority}/${tenantId}/v2.0`,
  })
  expect(payload).toMatchObject({ oid: teams.people[0]?.id, tid: tenantId, scp: 'access_as_user' })
})

test('hears nobody but the app’s own window', async ({ page }) => {
  const frame = await add(page)
  await frame.evaluate(() => {
    const nested = document.createElement('iframe')
    nested.srcdoc = `<script>top.postMessage({ id: 1, func: 'settings.setValidityState', args: [true] }, '*')</script>`
    document.body.append(nested)
    return new Promise((resolve) => nested.addEventListener('load', resolve))
  })
  await frame.evaluate(() => window.microsoftTeams.app.getContext())
  await expect(save(page)).toBeDisabled()
})

/** The SDK insists on https, so its message is sent here as it would send it; the pop-up's own SDK is real. */
const authenticate = (frame: Frame) =>
  frame.evaluate(
    (host) =>
      new Promise<unknown[]>((resolve) => {
        window.addEventListener('message', ({ data }) => data.id === 9_001 && resolve(data.args))
        const url = `${location.origin}/auth?host=${encodeURIComponent(host)}`
        parent.postMessage(
          { id: 9_001, uuidAsString: 'u-1', func: 'authentication.authenticate', args: [url, 500, 400] },
          host,
        )
      }),
    teams.url,
  )

/** A promise inside an object, so that it can be waited for later. */
const answering = async (result: Promise<unknown[]>) => ({ result })

test.describe('a pop-up that the app asks for', () => {
  test('ends with what it says, in the frame context of authentication', async ({ page }) => {
    const frame = await add(page)
    const [popUp, answer] = await Promise.all([page.waitForEvent('popup'), answering(authenticate(frame))])
    await popUp.waitForFunction(() => 'initialized' in window)
    await popUp.evaluate(() => window.initialized)
    expect(await popUp.evaluate(() => window.microsoftTeams.app.getFrameContext())).toBe('authentication')
    await popUp.evaluate(() => window.microsoftTeams.authentication.notifySuccess('one-time code'))
    expect(await answer.result).toEqual([true, 'one-time code'])
  })

  test('that is closed was cancelled by the user', async ({ page }) => {
    const frame = await add(page)
    const [popUp, answer] = await Promise.all([page.waitForEvent('popup'), answering(authenticate(frame))])
    await popUp.close()
    expect(await answer.result).toEqual([false, 'CancelledByUser'])
  })
})

test.describe('with a bug switched on', { tag: '@full' }, () => {
  test('Manage loses the content URL but keeps id and name', async ({ page }) => {
    teams.setSwitches({ lostContentUrl: true })
    const { webhookUrl } = configured()
    const frame = await manage(page)
    expect(new URL(frame.url()).pathname).toBe('/configure')
    const seen = await getConfig(frame)
    expect(seen).toMatchObject({ entityId: 'e-1', configName: SETTINGS.configName, webhookUrl })
    expect(seen).not.toHaveProperty('contentUrl')
  })

  test('an edit shows another URL, dead until it is saved; then the old one is', async ({ page }) => {
    teams.setSwitches({ driftingWebhookUrl: true })
    const { webhookUrl } = configured()
    const frame = await manage(page)
    const { webhookUrl: drifted } = await getConfig(frame)
    expect(drifted).not.toBe(webhookUrl)
    expect([await post(webhookUrl), await post(drifted)]).toEqual([200, 410])
    await pressSave(page, frame)
    expect(await eventUrl(frame)).toBe(drifted)
    await setConfig(frame, SETTINGS)
    await succeed(frame)
    await expect(page.getByRole('dialog')).toBeHidden()
    expect([await post(webhookUrl), await post(drifted)]).toEqual([410, 200])
  })

  test('Remove does not open the app’s page', async ({ page }) => {
    teams.setSwitches({ removeHandlerNotCalled: true })
    const { webhookUrl } = configured()
    await remove(page)
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()
    expect(page.frames()).toHaveLength(1)
    expect(await post(webhookUrl)).toBe(410)
  })

  test('the page is loaded twice, once hidden with literal placeholders, where nothing it does counts', async ({
    page,
  }) => {
    teams.setSwitches({ hiddenSecondFrame: true })
    await add(page)
    await expect(page.locator('iframe')).toHaveCount(2)
    await expect.poll(() => page.frames().some((frame) => frame.url().includes('{channelName}'))).toBe(true)
    const hidden = await appFrame(page, 'Hidden second frame')
    await hidden.evaluate(() => window.microsoftTeams.pages.config.setValidityState(true))
    await setConfig(hidden, SETTINGS)
    await expect(save(page)).toBeDisabled()
    expect(teams.connectors).toEqual([])
  })

  test('getConfig shows the old state straight after setConfig, and the new one soon', async ({ page }) => {
    teams.setSwitches({ lateSettings: true })
    const frame = await add(page)
    await pressSave(page, frame)
    await setConfig(frame, SETTINGS)
    expect(await getConfig(frame)).not.toHaveProperty('entityId')
    await expect
      .poll(() => getConfig(frame))
      .toMatchObject({ entityId: 'e-1', webhookUrl: await eventUrl(frame) })
  })

  test('the save event has no URL, and getConfig has it after setConfig', async ({ page }) => {
    teams.setSwitches({ saveEventWithoutWebhookUrl: true })
    const frame = await add(page)
    await pressSave(page, frame)
    expect(await eventUrl(frame)).toBeUndefined()
    expect(await getConfig(frame)).not.toHaveProperty('webhookUrl')
    await setConfig(frame, SETTINGS)
    const { webhookUrl } = await getConfig(frame)
    await succeed(frame)
    await expect(page.getByRole('dialog')).toBeHidden()
    expect(await post(webhookUrl)).toBe(200)
  })

  test('no token is given', async ({ page }) => {
    teams.setSwitches({ authTokenFails: true })
    const frame = await add(page)
    const failure = frame.evaluate(() => window.microsoftTeams.authentication.getAuthToken().catch(String))
    expect(await failure).toContain('resourceDisabled')
  })

  test('an impatient host gives up on a save, and a late success changes nothing', async ({ page }) => {
    teams.setSwitches({ impatientMs: 300 })
    const frame = await add(page)
    await pressSave(page, frame)
    const webhookUrl = await eventUrl(frame)
    await expect(page.getByRole('alert')).toContainText('did not answer within 0.3 seconds')
    await setConfig(frame, SETTINGS)
    await succeed(frame)
    await frame.evaluate(() => window.microsoftTeams.app.getContext())
    expect(await post(webhookUrl)).toBe(410)
    await expect(page.getByRole('dialog')).toBeVisible()
  })
})

test('a person makes something happen, changes what Teams is, and finds all of it by name', async ({
  page,
}) => {
  const connector = configured()
  teams.setSenders([
    {
      id: 'echo',
      title: 'A system that posts straight to Teams',
      url: connector.webhookUrl,
      headers: {},
      samples: [{ id: 'one', title: 'A release went out', body: { summary: 's', title: 'Release {{id}}' } }],
    },
  ])
  await page.getByRole('button', { name: 'Something happened' }).click()
  await page.getByRole('button', { name: 'A release went out' }).click()
  await expect(page.getByRole('status')).toContainText('A release went out: 200')
  await expect(page.getByRole('article', { name: /^Tiny for tasks: Release [0-9a-f-]{36}$/ })).toBeVisible()

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await page.getByLabel('Language').selectOption('简体中文')
  await page.getByLabel('Signed in as').selectOption('Mei Lin (Harbour, administrator)')
  await page.getByRole('switch', { name: 'Lose the content URL' }).check()
  await page.getByLabel('Patience in milliseconds').fill('2500')
  await expect.poll(() => teams.session).toMatchObject({ theme: 'dark', locale: 'zh-CN' })
  await expect.poll(() => teams.switches).toMatchObject({ lostContentUrl: true, impatientMs: 2_500 })
  await expect.poll(() => teams.person(teams.session.personId).name).toBe('Mei Lin')
})

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious in the ${theme} theme`, { tag: inFull(theme) }, async ({ page }) => {
    teams.setSession({ theme })
    const { webhookUrl } = configured()
    await post(webhookUrl, { summary: 's', title: 'T', text: 'a [link](https://example.com)' })
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('article').waitFor()
    await expectNothingSerious(page)
    await manage(page)
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
