import { defineConfig } from 'playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // Real measurements run behind these pages: two at once would disturb each other.
  workers: 1,
  fullyParallel: false,
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
        // Chromium refuses its sandbox to root, which is who containers run as.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
