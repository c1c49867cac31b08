import type { FrameLocator, Page, Route } from 'playwright/test'
import { inFull } from '../in-full.ts'
import { expect, type SecureWorld, test } from '../oidc/secure-world.ts'
import { PEOPLE, TENANT_ID } from '../teams/people.ts'
import {
  addCardwire,
  addTab,
  card,
  choose,
  expectNothingSerious,
  kept,
  openChannel,
  removalFrame,
  remove,
  save,
  saveButton,
  saveTab,
  tabFrame,
  urlField,
} from './steps.ts'

const signInButton = (frame: FrameLocator) => frame.getByRole('button', { name: 'Sign in' })

/** Presses the button, and gives the window in which Entra asks. */
async function openPopUp(page: Page, frame: FrameLocator): Promise<Page> {
  const [popUp] = await Promise.all([page.waitForEvent('popup'), signInButton(frame).click()])
  await expect(popUp.getByRole('heading', { name: 'Permissions requested' })).toBeVisible()
  return popUp
}

async function answer(popUp: Page, button: 'Accept' | 'Cancel'): Promise<void> {
  await Promise.all([popUp.waitForEvent('close'), popUp.getByRole('button', { name: button }).click()])
}

/** From the channel to the button. */
async function arrive(page: Page, world: SecureWorld): Promise<FrameLocator> {
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(signInButton(form)).toBeVisible()
  await expect(saveButton(page)).toBeDisabled()
  return form
}

/** What pop-up and page said to Teams and were told. */
const wire = (page: Page) => page.evaluate(() => window.wireLog ?? [])

test('who Teams does not name signs in, saves, gets cards, and removes', async ({ page, world }) => {
  const form = await arrive(page, world)
  await answer(await openPopUp(page, form), 'Accept')
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await save(page)
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
  await world.happens({ title: 'Known by Entra' })
  await expect(card(page, 'Known by Entra')).toBeVisible()

  await remove(page, 'Launch tasks')
  const removal = removalFrame(page)
  const [popUp] = await Promise.all([page.waitForEvent('popup'), signInButton(removal).click()])
  // Entra remembers them, and asks nothing.
  if (!popUp.isClosed()) await popUp.waitForEvent('close')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()
  expect(await kept(world)).toEqual([])
})

test('whoever signs in to see the channel’s page has opened it', { tag: '@full' }, async ({
  page,
  world,
}) => {
  const { webhookUrl } = world.teams.createWorkflow()
  await openChannel(page, world)
  const form = await addTab(page)
  await answer(await openPopUp(page, form), 'Accept')
  await urlField(form).fill(webhookUrl)
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await saveTab(page)
  const tab = tabFrame(page)
  await expect(signInButton(tab)).toBeVisible()
  const openedAt = async () => {
    const { items } = await (await world.admin('/api/admin/configurations')).json()
    return items.map((one: { openedAt: string | null }) => one.openedAt)
  }
  expect(await openedAt()).toEqual([null])
  const [popUp] = await Promise.all([page.waitForEvent('popup'), signInButton(tab).click()])
  if (!popUp.isClosed()) await popUp.waitForEvent('close')
  await expect(tab.getByRole('heading', { name: 'Launch tasks', level: 1 })).toBeVisible()
  await expect.poll(openedAt).toEqual([expect.any(String)])
})

test('no token passes through Teams, and the code that does is worthless to others', async ({
  page,
  world,
}) => {
  const form = await arrive(page, world)
  await answer(await openPopUp(page, form), 'Accept')
  await expect(form.getByLabel('Name')).toBeVisible()
  const said = await wire(page)
  expect(JSON.stringify(said)).not.toMatch(/eyJ[\w-]+\./)
  const [code] = said.find(({ func }) => func === 'authentication.authenticate.success')?.args ?? []
  expect(code).toMatch(/^[\w-]{43}$/)
  for (const verifier of ['a'.repeat(43), 'b'.repeat(43)]) {
    const data = { code, verifier }
    const stolen = await page.request.post(`${world.cardwire.url}/auth/token`, { data })
    expect(stolen.status()).toBe(401)
  }
})

test('a code that is stolen before it is used helps nobody, and its owner signs in again', {
  tag: '@full',
}, async ({ page, world }) => {
  const form = await arrive(page, world)
  const steal = async (route: Route) => {
    const data = { ...route.request().postDataJSON(), verifier: 'thief'.repeat(10) }
    const stolen = await page.request.post(`${world.cardwire.url}/auth/token`, { data })
    expect(stolen.status()).toBe(401)
    await route.continue()
  }
  await page.route('**/auth/token', steal, { times: 1 })
  await answer(await openPopUp(page, form), 'Accept')
  await expect(form.getByRole('alert')).toHaveText('The sign-in was not completed in time: sign in again.')
  await signInButton(form).click()
  await expect(form.getByLabel('Name')).toBeVisible()
})

test('a stranger who opens the window and plays Teams is handed no code', async ({ page, world }) => {
  await page.route('https://stranger.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Free cards</h1>' }),
  )
  await page.goto('https://stranger.example/')
  const start = `${world.cardwire.url}/auth/start?challenge=${'c'.repeat(43)}`
  const opening = page.waitForEvent('popup')
  await page.evaluate((url) => {
    const heard: string[] = []
    Object.assign(window, { heard })
    window.addEventListener('message', ({ data, source }) => {
      heard.push(data.func)
      const args = ['authentication', 'web', '{"apiVersion":4,"supports":{}}', '2.58.0']
      if (source)
        source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args }, { targetOrigin: '*' })
    })
    window.open(url, '_blank', 'popup')
  }, start)
  const popUp = await opening
  await popUp.getByRole('button', { name: 'Accept' }).click()
  await expect(popUp.getByRole('heading', { name: 'This window lost touch with Teams' })).toBeVisible()
  const heard = await page.evaluate((): string[] => Reflect.get(window, 'heard'))
  expect(new Set(heard)).toEqual(new Set(['initialize']))
})

test('who closes the window is told so, and may try again', { tag: '@full' }, async ({ page, world }) => {
  const form = await arrive(page, world)
  const popUp = await openPopUp(page, form)
  await expect(form.getByText('Finish in the window that opened…')).toBeVisible()
  await popUp.close()
  await expect(form.getByRole('alert')).toHaveText('The sign-in window was closed before you were signed in.')
  await answer(await openPopUp(page, form), 'Accept')
  await expect(form.getByLabel('Name')).toBeVisible()
})

test('who refuses at Entra is not signed in', { tag: '@full' }, async ({ page, world }) => {
  const form = await arrive(page, world)
  await answer(await openPopUp(page, form), 'Cancel')
  await expect(form.getByRole('alert')).toHaveText(
    'You cancelled, or did not agree that Cardwire may know who you are.',
  )
  await expect(saveButton(page)).toBeDisabled()
})

test('an answer that Entra did not give to this browser lets nobody in', { tag: '@full' }, async ({
  page,
  world,
}) => {
  const form = await arrive(page, world)
  const popUp = await openPopUp(page, form)
  const closed = popUp.waitForEvent('close')
  // As a link or a redirect would, and not as a person who types another address.
  const forged = `${world.cardwire.url}/auth/end?code=forged&state=forged`
  await popUp.evaluate((url) => window.location.assign(url), forged)
  await closed
  await expect(form.getByRole('alert')).toHaveText(
    'This sign-in took too long or was begun elsewhere: sign in again.',
  )
})

for (const [what, seconds, told] of [
  ['has expired', 3600 + 310, /has expired/],
  ['is not valid yet', -310, /is not valid/],
] as const) {
  test(`a token that ${what} lets nobody in`, { tag: '@full' }, async ({ page, world }) => {
    world.entra.state.changeClaims = (claims) => ({
      ...claims,
      nbf: Number(claims.nbf) - seconds,
      exp: Number(claims.exp) - seconds,
    })
    const form = await arrive(page, world)
    await answer(await openPopUp(page, form), 'Accept')
    await expect(form.getByRole('alert')).toContainText(told)
  })
}

test('clocks may differ by five minutes', { tag: '@full' }, async ({ page, world }) => {
  world.entra.state.changeClaims = (claims) => ({ ...claims, nbf: Number(claims.nbf) + 290 })
  const form = await arrive(page, world)
  await answer(await openPopUp(page, form), 'Accept')
  await expect(form.getByLabel('Name')).toBeVisible()
})

test.describe('where people of several organisations may sign in', () => {
  test.use({ settings: { ENTRA_TENANT_IDS: `${TENANT_ID},99999999-9999-4999-8999-999999999999` } })

  test('those of another one are told that they are not served', { tag: '@full' }, async ({
    page,
    world,
  }) => {
    world.entra.state.person = PEOPLE.find(({ name }) => name === 'Noor Haddad') ?? world.entra.state.person
    const form = await arrive(page, world)
    await answer(await openPopUp(page, form), 'Accept')
    await expect(form.getByRole('alert')).toHaveText('This server does not serve your organisation.')
  })
})

test.describe('where sign-in is not set up', () => {
  test.use({ settings: { ENTRA_TENANT_IDS: '', ENTRA_CLIENT_ID: '' } })

  test('nobody is offered a button that could not help', async ({ page, world }) => {
    await openChannel(page, world)
    const form = await addCardwire(page)
    await expect(form.getByText('Cardwire could not let you in')).toBeVisible()
    await expect(signInButton(form)).toHaveCount(0)
  })
})

test('the keyboard is enough, from the button to the form', { tag: '@full' }, async ({ page, world }) => {
  const form = await arrive(page, world)
  await signInButton(form).focus()
  const [popUp] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Enter')])
  await popUp.getByRole('button', { name: 'Accept' }).focus()
  await Promise.all([popUp.waitForEvent('close'), popUp.keyboard.press('Enter')])
  await expect(form.getByLabel('Name')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(form.locator(':focus')).toHaveCount(1)
})

const spoken = {
  default: {
    locale: 'en-US',
    lang: 'en',
    title: 'Sign in to go on',
    button: 'Sign in',
    cancelled: /^You cancelled/,
    lost: 'You are not signed in',
  },
  dark: {
    locale: 'fr-FR',
    lang: 'fr',
    title: 'Connectez-vous pour continuer',
    button: 'Se connecter',
    cancelled: /^Vous avez annulé/,
    lost: 'La connexion n’a pas abouti',
  },
  contrast: {
    locale: 'zh-CN',
    lang: 'zh-Hans',
    title: '请登录以继续',
    button: '登录',
    cancelled: /^您已取消/,
    lost: '登录未成功',
  },
} as const

for (const theme of ['default', 'dark', 'contrast'] as const) {
  const { locale, lang, title, button, cancelled, lost } = spoken[theme]
  test(`button and window wear ${theme} and speak ${locale}, and axe finds nothing serious`, {
    tag: inFull(theme),
  }, async ({ page, world, context }) => {
    world.teams.setSession({ theme, locale })
    await openChannel(page, world)
    const form = await addCardwire(page)
    await expect(form.getByRole('heading', { name: title })).toBeVisible()
    await expectNothingSerious(page)
    const press = form.getByRole('button', { name: button }).click()
    const [popUp] = await Promise.all([page.waitForEvent('popup'), press])
    await answer(popUp, 'Cancel')
    await expect(form.getByRole('alert')).toHaveText(cancelled)
    await expectNothingSerious(page)

    // A window that lost its Teams stays, and says what to do.
    const alone = await context.newPage()
    await alone.goto(
      `${world.cardwire.url}/auth/start?challenge=${'c'.repeat(43)}&lang=${lang}&theme=${theme}`,
    )
    await alone.getByRole('button', { name: 'Cancel' }).click()
    await expect(alone.getByRole('heading', { name: lost })).toBeVisible()
    await expect(alone.locator('html')).toHaveAttribute('lang', lang)
    await expectNothingSerious(alone)
    await alone.close()
  })
}
