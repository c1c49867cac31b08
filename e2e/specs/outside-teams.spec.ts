import { expect, test } from '../world.ts'

test('the console, which is not inside Teams, carries nothing of Teams’ and is refused nothing', async ({
  page,
  world,
}) => {
  const scripts: string[] = []
  const complaints: string[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.url())
  })
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
  await page.goto(`${world.cardwire.url}/admin`)
  await page.getByLabel('Admin token').fill(world.adminToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Tasks').first()).toBeVisible()
  // What teams-js fetches as soon as it is loaded.
  const carriesTeams = async (url: string) =>
    (await (await page.request.get(url)).text()).includes('validDomains.json')
  for (const url of scripts) expect(await carriesTeams(url), url).toBe(false)
  expect(scripts.length).toBeGreaterThan(0)
  expect(complaints).toEqual([])
})
