import { expect, test } from '../world.ts'
import { addCardwire, card, choose, openChannel, save } from './steps.ts'

const grounds = { default: 'rgb(255, 255, 255)', dark: 'rgb(41, 41, 41)', contrast: 'rgb(0, 0, 0)' } as const

test('the page wears the theme of Teams, and changes with it', async ({ page, world }) => {
  world.teams.setSession({ theme: 'dark' })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(form.getByLabel('Name')).toBeVisible()
  const ground = () => form.getByRole('textbox', { name: 'Name' }).evaluate(colourBehind)
  for (const theme of ['dark', 'contrast', 'default', 'dark'] as const) {
    world.teams.setSession({ theme })
    await expect.poll(ground).toBe(grounds[theme])
  }
})

const spoken = [
  {
    locale: 'fr-FR',
    lang: 'fr',
    name: 'Nom',
    created: 'Créée',
    welcome: 'Cardwire est connecté',
    task: /Tâche créée\s: Write the report/,
    assignee: 'Responsable',
  },
  {
    locale: 'zh-CN',
    lang: 'zh',
    name: '名称',
    created: '已创建',
    welcome: 'Cardwire 已连接',
    task: /任务已创建：Write the report/,
    assignee: '负责人',
  },
] as const

for (const { locale, lang, name, created, welcome, task, assignee } of spoken) {
  test(`page and cards speak ${locale}`, async ({ page, world }) => {
    world.teams.setSession({ locale })
    await openChannel(page, world, 'Product')
    const form = await addCardwire(page)
    await expect(form.getByLabel(name)).toBeVisible()
    await expect(form.locator('html')).toHaveAttribute('lang', new RegExp(`^${lang}`))
    await form.getByLabel(name).fill('Tasks')
    await form.getByRole('checkbox', { name: created }).check()
    await save(page)
    await expect(card(page, welcome)).toContainText(created)
    await world.happens({ assignee: 'Ada' })
    await expect(card(page, assignee)).toContainText(task)
  })
}

const refused = [
  {
    locale: 'fr-FR',
    told: 'Accès à Cardwire impossible',
    why: 'Ce serveur n’est pas ouvert à votre organisation.',
  },
  { locale: 'zh-CN', told: '无法进入 Cardwire', why: '此服务器不为您的组织提供服务。' },
] as const

for (const { locale, told, why } of refused) {
  test(`a stranger is told why in ${locale}, and nothing else`, { tag: '@full' }, async ({ page, world }) => {
    const noor = world.teams.people.find(({ name }) => name === 'Noor Haddad')
    world.teams.setSession({ locale, personId: noor?.id ?? '' })
    await openChannel(page, world)
    const form = await addCardwire(page)
    await expect(form.getByRole('heading', { name: told })).toBeVisible()
    await expect(form.getByText(why, { exact: true })).toBeVisible()
  })
}

test('a name of a hundred characters fits', { tag: '@full' }, async ({ page, world }) => {
  await openChannel(page, world, 'Release coordination, incident follow-up and customer announcements')
  const form = await addCardwire(page)
  await choose(form, { name: 'Release coordination '.repeat(6).slice(0, 100), events: ['Created'] })
  const overflow = await form.locator('body').evaluate((body) => body.scrollWidth - body.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await save(page)
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
})

test('every event stands beside its box, whatever stands in the next column', { tag: '@full' }, async ({
  page,
  world,
}) => {
  const titles = ['Issues', 'Comments on issues, pull requests, commits and discussions of all repositories']
  const eventTypes = titles.map((title, index) => ({ type: `type-${index}`, title }))
  const settings = {
    proof: { by: 'bearer' },
    eventTypes,
    type: { pointer: '/type' },
    title: { pointer: '/t' },
  }
  await world.connect({ kind: 'generic-json', name: 'Repositories', settings })
  await openChannel(page, world)
  const form = await addCardwire(page)
  await form.getByRole('combobox', { name: 'Source' }).click()
  await form.getByRole('option', { name: 'Repositories' }).click()
  const [beside, above] = await Promise.all(
    titles.map(async (title) => {
      const box = await form.getByRole('checkbox', { name: title, exact: true }).boundingBox()
      const words = await form.getByText(title, { exact: true }).boundingBox()
      return box && words && words.y - box.y
    }),
  )
  expect(beside).toBe(above)
})

test('the channel’s name is whole beside an open panel', { tag: '@full' }, async ({ page, world }) => {
  await openChannel(page, world)
  await page.getByRole('button', { name: 'Something happened' }).click()
  await expect(page.getByRole('complementary', { name: 'Something happened' })).toBeVisible()
  const name = page.getByRole('heading', { name: 'General', level: 1 })
  expect(await name.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0)
})

/** The first opaque colour behind an element. */
function colourBehind(element: Element): string {
  let at: Element | null = element
  while (at) {
    const colour = getComputedStyle(at).backgroundColor
    if (!/^(rgba\(\d+, \d+, \d+, 0\)|transparent)$/.test(colour)) return colour
    at = at.parentElement
  }
  return 'none'
}
