import { createServer } from 'node:net'

/**
 * Below what Linux gives away by itself (net.ipv4.ip_local_port_range), so that no connection of someone else sits
 * on it once this has let go of it; by chance, so that several who look at the same time look at different ones.
 */
const lowest = 20_000
const highest = 32_000

/**
 * A port of 127.0.0.1 that nobody listens on.
 * @throws {Error} when a hundred in a row are taken
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    if (await isFree(port)) return port
  }
  throw new Error(`No port between ${lowest} and ${highest} seems to be free.`)
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
