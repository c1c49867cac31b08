import { expect, test, type World } from '../world.ts'
import {
  addTab,
  card,
  choose,
  kept,
  manage,
  openChannel,
  pickOfTab,
  save,
  saveButton,
  saveTab,
  setUp,
  tabFrame,
} from './steps.ts'

/** A workflow in Teams on the open channel, and its URL as Workflows shows it. */
const workflowUrl = (world: World) => world.teams.createWorkflow().webhookUrl

test('a tab is set up with a workflow URL, tried before it is saved, edited and removed', {
  tag: '@full',
}, async ({ page, world }) => {
  await openChannel(page, world)
  const form = await addTab(page)
  await choose(form, { name: 'Launch tasks', events: ['Created'] })
  await expect(form.getByText('To save, give a workflow URL.')).toBeVisible()
  await expect(saveButton(page)).toBeDisabled()

  const field = form.getByLabel('Workflow URL')
  await field.fill('https://contoso.webhook.office.com/webhookb2/x')
  await expect(form.getByText('Classic connector, which Microsoft has switched off')).toBeVisible()
  await field.fill('https://prod-1.westeurope.logic.azure.com/workflows/1')
  await expect(form.getByText('has no signature')).toBeVisible()
  await field.fill('https://hooks.slack.com/x')
  await expect(form.getByText('Cards are not sent to hooks.slack.com')).toBeVisible()
  await expect(saveButton(page)).toBeDisabled()

  const url = workflowUrl(world)
  await field.fill(` ${url.slice(0, 40)}\n ${url.slice(40)} `)
  await expect(form.getByText('Ready to save.')).toBeVisible()
  await form.getByRole('button', { name: 'Send a test card' }).click()
  await expect(form.getByText('The workflow accepted the card.')).toBeVisible()
  expect(world.teams.received).toHaveLength(1)

  await saveTab(page)
  const tab = tabFrame(page)
  await expect(tab.getByRole('heading', { name: 'Launch tasks' })).toBeVisible()
  await expect(tab.getByText('Accepted')).toBeVisible()
  expect(await kept(world)).toMatchObject([{ name: 'Launch tasks', transport: 'workflow', host: 'tab' }])

  await pickOfTab(page, 'Launch tasks', 'Settings')
  const edit = page.frameLocator('iframe[title="Cardwire configuration"]')
  await edit.getByLabel('Name').fill('Every task')
  await saveTab(page)
  await expect(tab.getByRole('heading', { name: 'Every task' })).toBeVisible()

  await pickOfTab(page, 'Every task', 'Remove')
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect.poll(() => kept(world)).toEqual([])
})

test('a classic connector is changed to a workflow in place, and keeps name, rule and history', async ({
  page,
  world,
}) => {
  await setUp(page, world, { name: 'Launch tasks' })
  const [before] = await kept(world)
  const form = await manage(page, 'Launch tasks')
  await form.getByLabel('Workflow URL').fill(workflowUrl(world))
  await save(page)
  expect(await kept(world)).toMatchObject([
    { entityId: before?.entityId, name: 'Launch tasks', transport: 'workflow' },
  ])
  const history = await world.admin(`/api/admin/deliveries?entityId=${before?.entityId}`)
  const { items } = (await history.json()) as { items: { title: string; state: string }[] }
  expect(items.at(-1)).toMatchObject({ title: 'Welcome', state: 'delivered' })
  await world.happens({ title: 'Now by workflow' })
  await expect(card(page, 'Now by workflow')).toBeVisible()

  // Teams tells the connector's URL on each later edit: that is no change.
  const again = await manage(page, 'Launch tasks')
  await again.getByLabel('Name').fill('Every task')
  await save(page)
  expect(await kept(world)).toMatchObject([{ name: 'Every task', transport: 'workflow' }])
})
