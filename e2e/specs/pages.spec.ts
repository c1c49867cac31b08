import { expect, test } from '../world.ts'

test('the configuration page says where it lives when it is opened outside Teams', async ({
  page,
  world,
}) => {
  await page.goto(`${world.cardwire.url}/configure?host=connector`)
  await expect(page.getByText('This page lives in Microsoft Teams')).toBeVisible()
})

test('the pages that the app package links to are there, in the language of their reader', async ({
  page,
  world,
}) => {
  for (const path of ['/', '/privacy', '/terms']) {
    const answer = await page.goto(`${world.cardwire.url}${path}?lang=fr`)
    expect(answer?.status()).toBe(200)
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
})

test('the API is described, and the server says that it is well', async ({ page, world }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
  await page.goto(`${world.cardwire.url}/docs`)
  await expect(page.getByText('/api/configurations/{entityId}', { exact: true }).first()).toBeVisible()
  expect(complaints).toEqual([])
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/metrics']) {
    expect((await fetch(`${world.cardwire.url}${path}`)).status).toBe(200)
  }
})
