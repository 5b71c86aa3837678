import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Tests on the built-in engine: a real llama.cpp, which falls to a crawl where anything else computes. */
const engineTests = 'test/integration/{engine,cli}/**/*.test.ts'
const patience = { testTimeout: 180_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    projects: [
      {
        // The real module would try to download Electron's program.
        resolve: { alias: { electron: fileURLToPath(new URL('test/stubs/electron.ts', import.meta.url)) } },
        // They share no state, and evaluating every module anew for each file takes as long as the tests themselves.
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], isolate: false, testTimeout: 20_000 },
      },
      {
        test: { name: 'integration', include: ['test/integration/**/*.test.ts'], exclude: [engineTests], ...patience },
      },
      {
        test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
      },
      {
        test: { name: 'engine', include: [engineTests], fileParallelism: false, ...patience },
      },
    ],
  },
})
