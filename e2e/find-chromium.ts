import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright'

/**
 * A Chromium for the browser tests: `CHROMIUM_PATH`, then Playwright's own, then the system's. On Debian, and as
 * root (a container, a build machine), Debian's package is installed when there is none.
 *
 * @throws {Error} naming the command that brings one.
 */
export function findChromium(): string {
  const found = candidates().find((path) => existsSync(path))
  if (found) return found
  if (isDebian() && process.getuid?.() === 0) {
    console.log("No Chromium found: installing Debian's.")
    const quietly = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
    execFileSync('apt-get', ['update', '-qq'], quietly)
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', 'chromium-headless-shell', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
      quietly,
    )
    return debianShell
  }
  throw new Error(
    'No Chromium found. Run `npx playwright install chromium`, or set CHROMIUM_PATH to one you have.',
  )
}

/** Chromium without windows: the same pages for a fifth less of the processor. */
const debianShell = '/usr/bin/chromium-headless-shell'

function candidates(): string[] {
  return [
    process.env.CHROMIUM_PATH ?? '',
    chromium.executablePath(),
    debianShell,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
}

function isDebian(): boolean {
  return existsSync('/etc/debian_version') && !readFileSync('/etc/os-release', 'utf8').includes('ID=ubuntu')
}

/** Quiet on a closed network, and able to run as root, which Chromium's sandbox is not. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing but this machine is there for the tests, and a look-up that fails at once costs them no time.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]
