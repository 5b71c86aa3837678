import { availableParallelism } from 'node:os'
import { defineConfig } from 'playwright/test'
import { sandboxArguments } from './scripts/chromium.ts'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: availableParallelism(),
  projects: [
    { name: 'build', testMatch: 'fake-main/renderer.setup.ts' },
    {
      name: 'screens',
      testMatch: ['fake-main.spec.ts', 'journeys.spec.ts', 'steady.spec.ts'],
      fullyParallel: true,
      dependencies: ['build'],
    },
    // Real measurements run behind these pages: two at once, or anything beside them, would disturb them.
    { name: 'engine', testMatch: ['wizard.spec.ts', 'electron.spec.ts'], workers: 1, dependencies: ['screens'] },
  ],
  timeout: 60_000,
  reporter: [
    ['list'],
    ...(process.env['ATTUNE_REPORT'] ? [['json', { outputFile: process.env['ATTUNE_REPORT'] }] as const] : []),
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(process.env['ATTUNE_CHROMIUM'] ? { executablePath: process.env['ATTUNE_CHROMIUM'] } : {}),
      args: [
        ...sandboxArguments,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
