/**
 * Draws the PNGs of the app package from their SVG sources: `npx tsx icons/draw.ts`.
 *
 * A browser draws them because it is here anyway, for the tests, and because its edges are the best there
 * are. The PNGs are committed, so that nobody needs a browser to build the package.
 */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { chromium, type Page } from 'playwright'

const drawings = [
  { name: 'color', sizePixels: 192 },
  { name: 'outline', sizePixels: 32 },
] as const

const places = [process.env['CHROMIUM_PATH'], chromium.executablePath(), '/usr/bin/chromium']
const executablePath = places.find((place) => place !== undefined && existsSync(place))
if (!executablePath) throw new Error('No browser to draw with. Run: npx playwright install chromium')

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage()
  for (const { name, sizePixels } of drawings) await draw(page, name, sizePixels)
} finally {
  await browser.close()
}

async function draw(page: Page, name: string, sizePixels: number): Promise<void> {
  const svg = await readFile(new URL(`${name}.svg`, import.meta.url), 'utf8')
  await page.setViewportSize({ width: sizePixels, height: sizePixels })
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
  const png = await page.screenshot({ omitBackground: true })
  await writeFile(new URL(`${name}.png`, import.meta.url), png)
}
