import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { greeting } from '../teams/page/wire/greeting.ts'

/**
 * What stands beside the configuration page while it is measured: `/teams`, a frame around it that answers as Teams
 * does and does nothing else, since the simulated Teams would cost the same slow processor more than the page; and
 * `/bare`, the page that ours is compared with.
 */
export async function servePagesBeside(): Promise<{ url: string; close(): void }> {
  const script = gzipSync(await bareScript(), { level: 9 })
  const server = createServer((request, response) => {
    if (request.url === '/bare.js') {
      response.setHeader('content-encoding', 'gzip').setHeader('content-type', 'text/javascript').end(script)
    } else {
      response.setHeader('content-type', 'text/html').end(request.url === '/bare' ? bare : teams)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

async function bareScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('bare-page.tsx', import.meta.url)),
        formats: ['iife'],
        name: 'bare',
      },
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (!chunk) throw new Error('The bare page was not built.')
  return chunk.code
}

const bare = '<!doctype html><title>Bare</title><div id="page"></div><script src="/bare.js"></script>'

const answers = {
  initialize: greeting('settings'),
  getContext: [
    {
      locale: 'en-us',
      theme: 'default',
      frameContext: 'settings',
      entityId: '',
      hostName: 'Teams',
      hostClientType: 'web',
      teamName: 'Harbour',
      channelName: 'General',
    },
  ],
  'settings.getSettings': [{}],
  'authentication.getAuthToken': [false, 'Nobody is signed in.'],
}

const teams = `<!doctype html><title>Teams</title><script>
  const answers = ${JSON.stringify(answers)}
  addEventListener('message', ({ data, source, origin }) => {
    const { id, uuidAsString, func } = data
    if (func in answers) source.postMessage({ id, uuidAsString, args: answers[func] }, origin)
  })
  function showPage(address) {
    const frame = document.createElement('iframe')
    Object.assign(frame, { src: address, width: 800, height: 600 })
    document.body.append(frame)
    return performance.timeOrigin + performance.now()
  }
</script>`
