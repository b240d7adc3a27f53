import { defineConfig } from 'vitest/config'

/**
 * One project a suite; scripts/test.ts runs them one after another.
 *   fast      PGlite and plain functions: no browser, no server, any OS
 *   servers   *.servers.test.ts: PostgreSQL and Redis from Debian's packages
 *   browser   *.browser.test.ts and the tour, corridor.test.ts: a started Pitchbeat and real Chromium
 *   tracker   tests/tracker: the tracker in Chromium and Firefox against a scripted collector
 *   faults    tests/faults: real processes, killed
 */
const slow = ['tests/**/*.servers.test.ts', 'tests/**/*.browser.test.ts', 'tests/corridor.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A list that differs is told in full: on another machine the message is all there is to go by.
    chaiConfig: { truncateThreshold: 2_000 },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          // One module graph a worker: importing it anew for each file took as long as the tests themselves.
          isolate: false,
          maxWorkers: 2,
          include: ['tests/**/*.test.ts'],
          exclude: [...slow, 'tests/tracker/**', 'tests/faults/**'],
        },
      },
      {
        extends: true,
        test: { name: 'servers', include: ['tests/**/*.servers.test.ts'], fileParallelism: false },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts', 'tests/corridor.test.ts'],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'tracker',
          include: ['tests/tracker/**/*.test.ts'],
          fileParallelism: false,
          // Against a clock, ±0.3 s: a machine that stands still for a moment is measured once more, not twice.
          retry: 1,
        },
      },
      {
        extends: true,
        test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], fileParallelism: false },
      },
    ],
  },
})
