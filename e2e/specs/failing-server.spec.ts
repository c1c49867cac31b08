import type { Page, Route } from 'playwright/test'
import { expect, test, type World } from '../world.ts'
import { addCardwire, answers, card, choose, kept, openChannel, save, saveButton } from './steps.ts'

const problem = {
  type: 'urn:cardwire:problem:internal',
  title: 'Something went wrong here',
  status: 500,
  detail: 'The disk of the server is full.',
  code: 'internal',
  requestId: 'r-1',
}

/** Each way in which a save can fail between the page and the server. */
const failures: { how: string; told: RegExp; answer: (route: Route) => Promise<void> }[] = [
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

for (const { how, told, answer } of failures) {
  test(`when ${how}, the dialog says why, nothing is left behind, and Save works again`, async ({
    page,
    world,
  }) => {
    await fill(page, world)
    await onSave(page, answer)
    await saveButton(page).click()
    await expect(page.getByRole('alert').first()).toContainText(told)
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await kept(world)).toEqual([])
    expect(await answers(page, 'settings.save.failure')).toBe(1)
    expect(await answers(page, 'settings.save.success')).toBe(0)

    await page.unroute('**/api/configurations/*')
    await save(page)
    await expect(card(page, 'This channel is connected')).toBeVisible()
    expect(await kept(world)).toHaveLength(1)
    expect(await answers(page, 'settings.save.success')).toBe(1)
  })
}

test('when the server hangs, the dialog says so before Teams gives up, and nothing is left behind', async ({
  page,
  world,
}) => {
  test.slow()
  await fill(page, world)
  let release: () => void = () => undefined
  const hanging = new Promise<void>((resolve) => {
    release = resolve
  })
  await onSave(page, async (route) => {
    await hanging
    await route.abort().catch(() => undefined)
  })
  await saveButton(page).click()
  await expect(page.getByRole('alert').first()).toContainText('took too long to answer', { timeout: 29_000 })
  release()
  expect(await answers(page, 'settings.save.failure')).toBe(1)
  expect(await kept(world)).toEqual([])
})

async function fill(page: Page, world: World): Promise<void> {
  await openChannel(page, world)
  await choose(await addCardwire(page), { name: 'Launch tasks', events: ['Created'] })
}

async function onSave(page: Page, answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/api/configurations/*', (route) =>
    route.request().method() === 'PUT' ? answer(route) : route.continue(),
  )
}
