/** Adaptive Cards in the feed: what can be pressed on one, and what it says to those who do not see it. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from 'playwright/test'
import { inFull } from '../in-full.ts'
import { createSimulatedTeams, type SimulatedTeams } from './simulated-teams.ts'

let teams: SimulatedTeams
test.beforeAll(async () => {
  teams = await createSimulatedTeams()
})
test.afterAll(() => teams.close())
test.beforeEach(async ({ page }) => {
  teams.reset()
  await page.goto(teams.url)
})

const block = (text: string, more = {}) => ({ type: 'TextBlock', text, wrap: true, ...more })

/** Sends a card through a workflow, and answers its article once it is in the channel. */
async function send(page: Page, content: object, name: string) {
  const { webhookUrl } = teams.createWorkflow()
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }]
  await fetch(webhookUrl, { method: 'POST', body: JSON.stringify({ type: 'message', attachments }) })
  const article = page.getByRole('article', { name: `Workflows: ${name}` })
  await expect(article).toBeVisible()
  return article
}

const CARD = {
  type: 'AdaptiveCard',
  version: '1.4',
  body: [
    { type: 'Container', style: 'attention', bleed: true, items: [block('A release \\*failed\\*')] },
    block('See [the log](https://example.com/log), <at>Mei Lin</at>, not <img src=x onerror=alert(1)>.'),
    { type: 'FactSet', facts: [{ title: 'Stage', value: '**Deploy**' }] },
    block('Only some need this', { id: 'more', isVisible: false }),
  ],
  actions: [
    { type: 'Action.OpenUrl', title: 'Open the run', url: 'https://example.com/run' },
    { type: 'Action.ShowCard', title: 'Details', card: { type: 'AdaptiveCard', body: [block('Step 3')] } },
    { type: 'Action.ToggleVisibility', title: 'More', targetElements: ['more'] },
    { type: 'Action.Submit', title: 'Approve' },
    { type: 'Action.OpenUrl', title: 'Unsafe', url: 'javascript:alert(1)' },
  ],
  msteams: {
    entities: [{ type: 'mention', text: '<at>Mei Lin</at>', mentioned: { id: 'mei', name: 'Mei Lin' } }],
  },
}

test('draws Markdown, facts and mentions, and hostile text as text', async ({ page }) => {
  const article = await send(page, CARD, 'A release *failed*')
  await expect(article.getByRole('link', { name: 'the log' })).toHaveAttribute(
    'href',
    'https://example.com/log',
  )
  await expect(article).toContainText('Mei Lin, not <img src=x onerror=alert(1)>.')
  await expect(article.locator('img')).toHaveCount(0)
  await expect(article.locator('strong', { hasText: 'Deploy' })).toBeVisible()
  await expect(article).toContainText('Amara Diallo used a Workflow template to send this card.')
})

test('opens pages, shows cards and toggles; what is no page, or would post back, does nothing', async ({
  page,
  context,
}) => {
  await context.route('https://example.com/**', (route) => route.fulfill({ body: 'the run' }))
  const article = await send(page, CARD, 'A release *failed*')
  await expect(article.getByText('Step 3')).toBeHidden()
  await article.getByRole('button', { name: 'Details' }).click()
  await expect(article.getByText('Step 3')).toBeVisible()
  await article.getByRole('button', { name: 'More' }).click()
  await expect(article.getByText('Only some need this')).toBeVisible()
  await expect(article.getByRole('button', { name: 'Approve' })).toBeDisabled()
  await article.getByRole('link', { name: 'Unsafe' }).click()
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    article.getByRole('link', { name: 'Open the run' }).click(),
  ])
  await opened.waitForURL('https://example.com/run')
  expect(context.pages()).toHaveLength(2)
})

test('says so of a card that Teams cannot draw', async ({ page }) => {
  const article = await send(page, { ...CARD, version: '1.6' }, 'A release *failed*')
  await expect(article).toContainText('this card couldn’t be displayed')
})

for (const theme of ['default', 'dark', 'contrast'] as const) {
  test(`axe finds nothing serious in an Adaptive Card in the ${theme} theme`, { tag: inFull(theme) }, async ({
    page,
  }) => {
    teams.setSession({ theme })
    const article = await send(page, CARD, 'A release *failed*')
    await article.getByRole('button', { name: 'Details' }).click()
    const { violations } = await new AxeBuilder({ page }).include('article').analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })
}
