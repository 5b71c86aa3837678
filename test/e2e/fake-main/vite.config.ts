import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const projectFolder = resolve(import.meta.dirname, '../../..')

/** Builds the window alone, as `electron.vite.config.ts` does, for looking at it over a fake main. */
export default defineConfig({
  root: resolve(projectFolder, 'renderer'),
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: resolve(projectFolder, 'out/fake-main/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
})
