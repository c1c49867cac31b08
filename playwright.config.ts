import { defineConfig } from 'playwright/test'
import { chromiumArgs, findChromium } from './e2e/find-chromium.ts'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  // More than cores: a journey waits for its browser and its server for half of its time.
  workers: 3,
  // Only what fails waits so long: on a machine with other work, the slowest journey takes a minute.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  // A browser on a busy machine may stumble once, which is told as flaky; what fails twice is a fault.
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.CI ? 'list' : [['list', { printSteps: false }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 860 },
    launchOptions: { executablePath: findChromium(), args: chromiumArgs },
    // Nobody waits for an animation here. Fluent shows the same without.
    contextOptions: { reducedMotion: 'reduce' },
    // The page's own snapshots tell what a trace is for; a film beside them takes a third of the machine. Where nobody
    // can open one, the words of the failure and what the page said must do.
    trace: process.env.CI ? 'off' : { mode: 'retain-on-failure', screenshots: false },
  },
})
