import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import react from '@vitejs/plugin-react'
import { chromium, type Page } from 'playwright'
import { build } from 'vite'
import { fit } from '../../server/cards/fit.ts'
import { chromiumArgs, findChromium } from '../find-chromium.ts'
import { cardFixtures } from './fixtures.ts'
import type { Drawings } from './page.tsx'

/**
 * `npx tsx e2e/cards/render.ts [--out folder] [--only hostile]`: every fixture in both drawings, in each theme and language, five on a
 * sheet. `--pictures` writes the few of `server/cards/README.md` instead.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'test-results/cards' },
    /** Fixtures whose names begin so. */
    only: { type: 'string', default: '' },
    pictures: { type: 'boolean', default: false },
  },
})

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** More make a picture that nobody can look at. */
const onSheet = 5
const themes = ['light', 'dark', 'contrast']
const pictures = [
  { name: 'severity-critical-en-GB', theme: 'light', file: 'incident.png' },
  { name: 'digest-quiet-hours-fr-FR', theme: 'dark', file: 'digest.png' },
  { name: 'severity-warning-zh-CN', theme: 'contrast', file: 'warning.png' },
]

/** Pictures from elsewhere, which a closed network does not have. */
const portrait = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="80" height="80">
  <rect width="40" height="40" fill="#e8ebfa"/><circle cx="20" cy="16" r="7" fill="#4f52b2"/>
  <path d="M6 40a14 14 0 0 1 28 0z" fill="#4f52b2"/></svg>`
const graph = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120" width="640" height="240">
  <rect width="320" height="120" fill="#f5f5f5"/>
  <path d="M0 96 L60 90 L110 94 L150 70 L190 30 L230 24 L320 20" fill="none" stroke="#d13438" stroke-width="4"/></svg>`

const styleOfTheSheet = `
  body { margin: 0; padding: 16px; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; margin-bottom: 16px; align-items: start; padding: 4px; }
  .pair > * { min-width: 0; }`

const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs })
try {
  const page = await openSheet()
  if (values.pictures) await takePictures(page, here('../../server/cards/pictures'))
  else await takeSheets(page, values.out)
} finally {
  await browser.close()
}

async function openSheet(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1360, height: 800 }, deviceScaleFactor: 1 })
  await page.route(/^https:/, (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: route.request().url().includes('graph') ? graph : portrait,
    }),
  )
  await page.setContent(`<meta charset="utf-8"><style>${styleOfTheSheet}</style><div id="cards"></div>`)
  await page.addScriptTag({ content: await bundle() })
  return page
}

async function takeSheets(page: Page, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const all = drawn().filter(({ name }) => name.startsWith(values.only))
  for (const locale of new Set(all.map((one) => one.locale))) {
    const cards = all.filter((one) => one.locale === locale)
    for (const theme of themes) {
      for (let from = 0; from < cards.length; from += onSheet) {
        await show(page, cards.slice(from, from + onSheet), theme)
        const path = join(folder, `${locale}-${theme}-${from / onSheet + 1}.png`)
        await page.screenshot({ path, fullPage: true })
        console.log(path)
      }
    }
  }
}

async function takePictures(page: Page, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.setViewportSize({ width: 920, height: 600 })
  for (const { name, theme, file } of pictures) {
    await show(
      page,
      drawn().filter((one) => one.name === name),
      theme,
    )
    await page.locator('.pair').screenshot({ path: join(folder, file) })
  }
}

/** As they are sent: fitted to Teams' limit. */
function drawn(): (Drawings & { locale: string })[] {
  return cardFixtures().map(({ name, locale, card }) => {
    const read = (transport: 'connector' | 'workflow') => JSON.parse(fit(card, transport, locale).body)
    return {
      name,
      locale,
      messageCard: read('connector'),
      adaptiveCard: read('workflow').attachments[0].content,
    }
  })
}

async function show(page: Page, drawings: Drawings[], theme: string): Promise<void> {
  await page.evaluate(([cards, name]) => window.show(cards, name), [drawings, theme] as const)
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: here('page.tsx'), formats: ['iife'], name: 'cards' },
      chunkSizeWarningLimit: 2_000,
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const chunk = first && 'output' in first ? first.output.find(({ type }) => type === 'chunk') : undefined
  if (chunk?.type !== 'chunk') throw new Error('The page was not built.')
  return chunk.code
}
