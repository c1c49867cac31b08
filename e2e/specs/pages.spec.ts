import type { Page } from 'playwright/test'
import { expect, test } from '../world.ts'
import { expectNothingSerious } from './steps.ts'

test('every page for Teams says where it lives when it is opened elsewhere', async ({ page, world }) => {
  const complaints = complaintsOf(page)
  for (const path of ['/configure?host=connector', '/configure', '/remove', '/channel']) {
    await page.goto(`${world.cardwire.url}${path}`)
    await expect(page.getByRole('heading', { name: 'This page lives in Microsoft Teams' })).toBeVisible()
  }
  expect(complaints).toEqual([])
})

test('the pages that the app package links to are there, in the language of their reader', async ({
  page,
  world,
}) => {
  const complaints = complaintsOf(page)
  for (const path of ['/', '/privacy', '/terms']) {
    const answer = await page.goto(`${world.cardwire.url}${path}?lang=fr`)
    expect(answer?.status()).toBe(200)
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const { fontFamily } = await page.locator('h1').evaluate((title) => getComputedStyle(title))
    expect(fontFamily).not.toContain('Times')
  }
  await page.goto(`${world.cardwire.url}/?lang=fr`)
  for (const [link, path] of [
    ['son API', '/docs'],
    ['confidentialité', '/privacy'],
    ['conditions d’utilisation', '/terms'],
  ] as const) {
    await page.getByRole('link', { name: link }).click()
    await expect(page).toHaveURL(new RegExp(`^${world.cardwire.url}${path}\\b`))
    await page.goBack()
  }
  expect(complaints).toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the legal pages, where ${colorScheme} is preferred`, {
    tag: '@full',
  }, async ({ page, world }) => {
    await page.emulateMedia({ colorScheme })
    for (const path of ['/', '/privacy', '/terms']) {
      await page.goto(`${world.cardwire.url}${path}`)
      await expectNothingSerious(page)
    }
  })
}

test('the API is described, and the server says that it is well', async ({ page, world }) => {
  const complaints = complaintsOf(page)
  await page.goto(`${world.cardwire.url}/docs`)
  await expect(page.getByText('/api/configurations/{entityId}', { exact: true }).first()).toBeVisible()
  expect(complaints).toEqual([])
  for (const path of ['/healthz', '/readyz', '/openapi.json', '/metrics']) {
    expect((await fetch(`${world.cardwire.url}${path}`)).status).toBe(200)
  }
})

/** What the browser complains of: the rules a page is served under, and errors of its own. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}
