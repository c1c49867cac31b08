import { type Browser, chromium, type Page } from 'playwright'
import { chromiumArgs, findChromium } from '../find-chromium.ts'
import { startMeasured } from './measured-server.ts'
import { servePagesBeside } from './pages-beside.ts'
import type { Place } from './place.ts'
import type { Row } from './report.ts'

interface PageOptions {
  place: Place
  main: string
  rounds: number
}

/**
 * The configuration page in Chromium on a processor four times as slow: from the moment its frame is made until a
 * person can write into its first field, and the JavaScript that came by then, as gzip. Every round is a browser's
 * first visit: nothing is in its cache.
 */
export async function measurePage({ place, main, rounds }: PageOptions): Promise<Row[]> {
  const beside = await servePagesBeside()
  const cardwire = await startMeasured({
    place,
    main,
    webhookOrigin: 'http://127.0.0.1:1',
    environment: { ALLOW_ANONYMOUS_SETUP: 'true', TEAMS_ORIGINS: beside.url },
  })
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs })
  const ours: Opened[] = []
  const bare: Opened[] = []
  const visit = (address: string) => open(browser, `${beside.url}/teams`, address)
  try {
    await visit(`${cardwire.url}/configure?host=connector`)
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await visit(`${cardwire.url}/configure?host=connector`))
      bare.push(await visit(`${beside.url}/bare`))
    }
  } finally {
    await browser.close()
    await cardwire.stop()
    beside.close()
  }
  const what = 'one field in React and Fluent UI'
  const [kilobytes, seconds] = [
    (opened: Opened) => opened.scriptKb,
    (opened: Opened) => opened.usableMs / 1000,
  ]
  return [
    {
      what: 'configuration page, JavaScript before it is usable',
      unit: 'KB',
      ours: ours.map(kilobytes),
      beside: { what, figures: bare.map(kilobytes) },
      goal: { below: 180 },
    },
    {
      what: 'configuration page, usable on a 4 × slower processor',
      unit: 's',
      ours: ours.map(seconds),
      beside: { what, figures: bare.map(seconds) },
      goal: { below: 1 },
    },
  ]
}

interface Opened {
  usableMs: number
  scriptKb: number
}

async function open(browser: Browser, teams: string, address: string): Promise<Opened> {
  // Chromium would prefer Brotli, but gzip is what is counted.
  const context = await browser.newContext({ extraHTTPHeaders: { 'accept-encoding': 'gzip' } })
  try {
    const page = await context.newPage()
    await page.addInitScript({ content: noteWhenUsable })
    await slowDown(page)
    await page.goto(teams)
    const startedAt = await page.evaluate((shown) => window.showPage(shown), address)
    const frame = await page.waitForSelector('iframe').then((element) => element.contentFrame())
    if (!frame) throw new Error('The page has no frame.')
    await frame.waitForFunction(() => window.usableAt !== undefined, null, { timeout: 30_000 })
    const { usableAt, bytes } = await frame.evaluate(readNotes)
    return { usableMs: usableAt - startedAt, scriptKb: bytes / 1000 }
  } finally {
    await context.close()
  }
}

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

/**
 * Runs in the page before its own scripts: notes when the first field that takes text has been painted, at
 * the end of the frame that finds it. It is text, since what runs this file names its functions by a helper that no page has.
 */
const noteWhenUsable = `{
  const look = () => {
    if (document.querySelector('input:enabled:not([type=hidden])') === null) return requestAnimationFrame(look)
    setTimeout(() => { window.usableAt = performance.timeOrigin + performance.now() })
  }
  look()
}`

/** Runs in the page: what was noted, and the scripts that had come by then. */
function readNotes(): { usableAt: number; bytes: number } {
  const usableAt = window.usableAt ?? Number.NaN
  const scripts = performance
    .getEntriesByType('resource')
    .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
    .filter(
      ({ name, responseEnd }) => name.endsWith('.js') && performance.timeOrigin + responseEnd <= usableAt,
    )
  return { usableAt, bytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) }
}

declare global {
  interface Window {
    /** Of the frame around the page: shows it, and answers when. */
    showPage(address: string): number
    usableAt?: number
  }
}
