import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      lib: {
        // Engine and guardian are processes of their own, the probe is a thread of its own: an entry for each.
        entry: {
          electron: resolve('main/shells/electron/main.ts'),
          browser: resolve('main/shells/web/main.ts'),
          engine: resolve('main/engine/process.ts'),
          guardian: resolve('main/ollama/private/guardian.ts'),
          probe: resolve('main/hardware/probe/worker.ts'),
        },
        formats: ['es'],
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file that may require `electron` alone.
      externalizeDeps: false,
      lib: { entry: { index: resolve('preload/index.ts') }, formats: ['cjs'] },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      rollupOptions: { input: resolve('renderer/index.html') },
      // electron-vite leaves windows as they are; in browser mode every byte travels.
      minify: true,
      // Inlined assets would need `data:` in the content security policy.
      assetsInlineLimit: 0,
    },
  },
})
