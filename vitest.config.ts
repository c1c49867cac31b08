import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    // Vitest leaves a core to whoever waits; on two cores that doubles the time.
    maxWorkers: '100%',
    // Files share what they import, which is a third of the time: nothing of ours keeps a state beside its makers.
    isolate: false,
  },
})
