import type { FrameLocator } from 'playwright/test'
import { expect, test } from '../world.ts'
import {
  addCardwire,
  addTab,
  card,
  choose,
  closeDialog,
  manage,
  openChannel,
  save,
  saveButton,
} from './steps.ts'

const preview = (form: FrameLocator, name = 'Preview') => form.getByRole('group', { name, exact: true })

test('shows the card of an event as soon as it is chosen, and of the one chosen last', async ({
  page,
  world,
}) => {
  await openChannel(page, world)
  const form = await addCardwire(page)
  await expect(preview(form)).toContainText('Choose an event to see its card')
  await form.getByRole('checkbox', { name: 'Created' }).check()
  await expect(preview(form).getByRole('heading')).toHaveText(/^Task created: Write the release notes/)
  await expect(preview(form)).toContainText(
    'An example that did not happen, as a classic connector shows it.',
  )
  await form.getByRole('checkbox', { name: 'Completed' }).check()
  await expect(preview(form).getByRole('heading')).toHaveText(/Task completed/)
  await expect(preview(form)).toContainText('2 of 2')
  await preview(form).getByRole('button', { name: 'Next event' }).click()
  await expect(preview(form).getByRole('heading')).toHaveText(/Task created/)
  await expect(preview(form)).toContainText('1 of 2')
  await form.getByRole('checkbox', { name: 'Created' }).uncheck()
  await expect(preview(form).getByRole('heading')).toHaveText(/Task completed/)
})

test('shows the latest event that happened, with the words that the channel then reads', {
  tag: '@full',
}, async ({ page, world }) => {
  await openChannel(page, world)
  let form = await addCardwire(page)
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await save(page)
  await world.happens({ title: 'Mend the *fence*', assignee: 'Ada <b>Lovelace</b>' })
  const sent = card(page, 'Mend the *fence*')
  // An invisible joiner keeps tags from forming.
  const told = ['Assignee', /Ada <\u2060?b>Lovelace<\u2060?\/b>/, 'Tasks']
  for (const words of told) await expect(sent).toContainText(words)
  form = await manage(page, 'Launch tasks')
  await expect(preview(form)).toContainText('The latest one that happened')
  const shown = preview(form)
  await expect(shown.getByRole('heading')).toHaveText('Task created: Mend the *fence*')
  for (const words of told) await expect(shown).toContainText(words)
})

test('shows what a flow will post where a tab is set up', async ({ page, world }) => {
  await openChannel(page, world)
  const form = await addTab(page)
  await form.getByRole('checkbox', { name: 'Completed' }).check()
  await expect(preview(form)).toContainText('as a workflow shows it.')
  await expect(preview(form).getByRole('heading')).toHaveText(/^Task completed/)
  await expect(preview(form)).toContainText('Success')
})

for (const { locale, name, event, title, said } of [
  {
    locale: 'fr-FR' as const,
    name: 'Aperçu',
    event: 'Créée',
    title: /^Tâche créée/,
    said: 'Un exemple fictif, tel que',
  },
  { locale: 'zh-CN' as const, name: '预览', event: '已创建', title: /^任务已创建/, said: '虚构的示例，按' },
]) {
  test(`speaks ${locale}, and so does the card`, { tag: '@full' }, async ({ page, world }) => {
    world.teams.setSession({ locale })
    await openChannel(page, world)
    const form = await addCardwire(page)
    await form.getByRole('checkbox', { name: event }).check()
    await expect(preview(form, name).getByRole('heading')).toHaveText(title)
    await expect(preview(form, name)).toContainText(said)
  })
}

test('keeps nobody from saving when it cannot be made, and is made when they try again', {
  tag: '@full',
}, async ({ page, world }) => {
  await page.route('**/api/preview', (route) => route.abort())
  await openChannel(page, world)
  const form = await addCardwire(page)
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await expect(preview(form)).toContainText('There is no preview')
  await expect(saveButton(page)).toBeEnabled()
  await page.unroute('**/api/preview')
  await preview(form).getByRole('button', { name: 'Try again' }).click()
  await expect(preview(form).getByRole('heading')).toHaveText(/Task created/)
  await save(page)
  await closeDialog(page)
  await expect(card(page, 'Cardwire is connected')).toBeVisible()
})

test('wears the theme of Teams', { tag: '@full' }, async ({ page, world }) => {
  await openChannel(page, world)
  const form = await addCardwire(page)
  await form.getByRole('checkbox', { name: 'Created' }).check()
  const heading = preview(form).getByRole('heading')
  await expect(heading).toBeVisible()
  const colour = () => heading.evaluate((element) => getComputedStyle(element).color)
  for (const [theme, text] of [
    ['default', 'rgb(36, 36, 36)'],
    ['dark', 'rgb(255, 255, 255)'],
    ['contrast', 'rgb(255, 255, 255)'],
  ] as const) {
    world.teams.setSession({ theme })
    await expect.poll(colour).toBe(text)
  }
})
