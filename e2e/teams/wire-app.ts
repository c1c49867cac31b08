import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type * as TeamsJs from '@microsoft/teams-js'
import type { Frame, Page } from 'playwright/test'

declare global {
  interface Window {
    microsoftTeams: typeof TeamsJs
    initialized: Promise<void>
    saveEvent?: TeamsJs.pages.config.SaveEvent
    removeEvent?: TeamsJs.pages.config.RemoveEvent
    themes?: string[]
  }
}

/** The SDK exactly as it is published. */
const SDK = readFileSync(
  createRequire(import.meta.url).resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js'),
)

/** Initialises for the host named in its URL, and leaves everything else to the spec. */
const PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Tiny app</title></head>
  <body>
    <main><h1>Tiny app</h1></main>
    <script src="/sdk.js"></script>
    <script>
      const host = new URLSearchParams(location.search).get('host')
      window.initialized = microsoftTeams.app.initialize([host])
    </script>
  </body>
</html>`

/** The smallest app that can be configured: a page with the unmodified SDK, on an origin of its own. */
export async function createWireApp(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isSdk = request.url === '/sdk.js'
    response
      .writeHead(200, { 'content-type': isSdk ? 'text/javascript' : 'text/html; charset=utf-8' })
      .end(isSdk ? SDK : PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The app's frame of that title, once its SDK is initialised. */
export async function appFrame(page: Page, title = 'Tiny configuration'): Promise<Frame> {
  const element = await page.locator(`iframe[title="${title}"]`).elementHandle()
  const frame = await element?.contentFrame()
  if (!frame) throw new Error(`There is no frame “${title}”`)
  await frame.waitForFunction(() => 'initialized' in window)
  await frame.evaluate(() => window.initialized)
  return frame
}
