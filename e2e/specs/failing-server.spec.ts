import type { Page, Route } from 'playwright/test'
import { expect, test, type World } from '../world.ts'
import {
  addCardwire,
  answers,
  card,
  choose,
  configurationFrame,
  kept,
  manage,
  openChannel,
  removalFrame,
  remove,
  save,
  saveButton,
  setUp,
} from './steps.ts'

const problem = {
  type: 'urn:cardwire:problem:internal',
  title: 'Something went wrong here',
  status: 500,
  detail: 'The disk of the server is full.',
  code: 'internal',
  requestId: 'r-1',
}

/** Each way in which a save can fail between the page and the server. */
const failures: {
  how: string
  told: RegExp
  answer: (route: Route) => Promise<void>
  /** For the page it is as when an answer is lost: enough for `npm run test:full`. */
  isLikeAnother?: boolean
}[] = [
  {
    how: 'the server fails',
    told: /The disk of the server is full/,
    answer: (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  },
  {
    how: 'the server cannot be reached',
    told: /cannot be reached/,
    answer: (route) => route.abort('connectionrefused'),
    isLikeAnother: true,
  },
  {
    how: 'the answer is lost on its way',
    told: /cannot be reached/,
    answer: async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    },
  },
]

for (const { how, told, answer, isLikeAnother } of failures) {
  test(`when ${how}, the dialog says why, nothing is left behind, and Save works again`, {
    tag: isLikeAnother ? ['@full'] : [],
  }, async ({ page, world }) => {
    await fill(page, world)
    await onSave(page, answer)
    await saveButton(page).click()
    await expect(page.getByRole('alert').first()).toContainText(told)
    await expect(configurationFrame(page).getByRole('alert')).toContainText('This was not saved')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await kept(world)).toEqual([])
    expect(await answers(page, 'settings.save.failure')).toBe(1)
    expect(await answers(page, 'settings.save.success')).toBe(0)

    await page.unroute('**/api/configurations/*')
    await save(page)
    await expect(card(page, 'Cardwire is connected')).toBeVisible()
    expect(await kept(world)).toHaveLength(1)
    expect(await answers(page, 'settings.save.success')).toBe(1)
  })
}

test('when the server hangs, the dialog says so before Teams gives up, and nothing is left behind', async ({
  page,
  world,
}) => {
  await page.clock.install()
  await fill(page, world)
  let release: () => void = () => undefined
  const hanging = new Promise<void>((resolve) => {
    release = resolve
  })
  const asked = page.waitForRequest((request) => request.method() === 'PUT')
  await onSave(page, async (route) => {
    await hanging
    await route.abort().catch(() => undefined)
  })
  await saveButton(page).click()
  await asked
  // Teams and the page live by the same clock: it gives up after 30 seconds, the page before that.
  await page.clock.runFor(20_000)
  await expect(page.getByRole('alert').first()).toContainText('took too long to answer')
  release()
  expect(await answers(page, 'settings.save.failure')).toBe(1)
  expect(await kept(world)).toEqual([])

  await page.unroute('**/api/configurations/*')
  await save(page)
  expect(await kept(world)).toHaveLength(1)
})

/** Whether what was sent reaches the server before the connection breaks. */
const breaks = [
  { when: 'before the server heard of it', isHeard: false },
  { when: 'before its answer came', isHeard: true },
]

for (const { when, isHeard } of breaks) {
  test(`an edit that broke off ${when} says so, loses nothing, and can be saved again`, {
    tag: isHeard ? [] : ['@full'],
  }, async ({ page, world }) => {
    await setUp(page, world)
    const form = await manage(page, 'Launch tasks')
    await form.getByLabel('Name').fill('Renamed tasks')
    await onSave(page, (route) => breakOff(route, isHeard))
    await saveButton(page).click()
    await expect(form.getByRole('alert')).toContainText('cannot be reached')
    await expect(form.getByLabel('Name')).toHaveValue('Renamed tasks')
    expect((await kept(world)).map(({ name }) => name)).toEqual([isHeard ? 'Renamed tasks' : 'Launch tasks'])
    expect(await answers(page, 'settings.save.failure')).toBe(1)

    await page.unroute('**/api/configurations/*')
    await save(page)
    expect((await kept(world)).map(({ name }) => name)).toEqual(['Renamed tasks'])
  })

  test(`a removal that broke off ${when} says so, stays open, and can be repeated`, {
    tag: isHeard ? [] : ['@full'],
  }, async ({ page, world }) => {
    await setUp(page, world)
    await page.route('**/api/configurations/*', (route) =>
      route.request().method() === 'DELETE' ? breakOff(route, isHeard) : route.continue(),
    )
    await remove(page, 'Launch tasks')
    const button = page.getByRole('button', { name: 'Remove', exact: true })
    await button.click()
    await expect(removalFrame(page).getByRole('alert')).toContainText('This was not removed')
    await expect(page.getByRole('alert').first()).toContainText('cannot be reached')
    expect(await answers(page, 'settings.remove.failure')).toBe(1)

    await page.unroute('**/api/configurations/*')
    await button.click()
    await expect(page.getByText('Nothing is connected to this channel yet.')).toBeVisible()
    expect(await answers(page, 'settings.remove.success')).toBe(1)
    expect(await kept(world)).toEqual([])
  })
}

async function breakOff(route: Route, isHeard: boolean): Promise<void> {
  if (isHeard) await route.fetch()
  await route.abort('connectionreset')
}

async function fill(page: Page, world: World): Promise<void> {
  await openChannel(page, world)
  await choose(await addCardwire(page), { name: 'Launch tasks', events: ['Created'] })
}

async function onSave(page: Page, answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/api/configurations/*', (route) =>
    route.request().method() === 'PUT' ? answer(route) : route.continue(),
  )
}
