import { registerHooks } from 'node:module'

/** Loaded before a program of Attune's, so that it finds the stub where it asks for Electron. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
