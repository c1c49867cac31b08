import { mkdir } from 'node:fs/promises'
import { chromium, type Page } from 'playwright'
import { chromiumArgs, findChromium } from './find-chromium.ts'
import { connectSamples } from './samples.ts'
import { addCardwire, card, choose, openChannel, save } from './specs/steps.ts'
import { openWorld } from './world.ts'

/**
 * The README's pictures, taken of the real thing: `npm run build && npm run build:teams && npx tsx e2e/pictures.ts`.
 * Pictures from elsewhere, which a closed network does not have, are drawn here.
 */
const avatar = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">
  <rect width="40" height="40" fill="#e8ebfa"/><circle cx="20" cy="16" r="7" fill="#4f52b2"/>
  <path d="M6 40a14 14 0 0 1 28 0z" fill="#4f52b2"/></svg>`

const folder = new URL('./pictures/', import.meta.url).pathname
await mkdir(folder, { recursive: true })
const world = await openWorld()
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs })
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 820 }, deviceScaleFactor: 1.5 })
  await page.route(/^https:\/\/.*(avatar|githubusercontent)/, (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: avatar }),
  )
  world.teams.setSenders(await connectSamples(world.connect, { tasks: 'Launch tasks', github: 'GitHub' }))
  await takeChannel(page)
  await takeConfigure(page)
} finally {
  await browser.close()
  await world.close()
}

async function takeChannel(page: Page): Promise<void> {
  await openChannel(page, world, 'Builds')
  const form = await addCardwire(page)
  await form.getByLabel('Source').click()
  await form.getByRole('option', { name: /GitHub/ }).click()
  await choose(form, { name: 'Harbour on GitHub', events: ['All events'] })
  await save(page)
  await page.getByRole('button', { name: 'Something happened' }).click()
  for (const sample of ['A release is published', 'A pull request is opened', 'A workflow run ends']) {
    await page.getByRole('button', { name: sample }).click()
    await page
      .getByRole('status')
      .filter({ hasText: `${sample}: 202` })
      .waitFor()
  }
  await card(page, 'Workflow').last().waitFor()
  await page.screenshot({ path: `${folder}channel.png` })
}

async function takeConfigure(page: Page): Promise<void> {
  await openChannel(page, world, 'Product')
  const form = await addCardwire(page)
  await form.getByLabel('Source').click()
  await form.getByRole('option', { name: /Launch tasks/ }).click()
  await choose(form, { name: 'Launch tasks', events: ['Created', 'Completed'] })
  await form.getByText('Ready to save').waitFor()
  await page.getByRole('dialog').screenshot({ path: `${folder}configure.png` })
}
