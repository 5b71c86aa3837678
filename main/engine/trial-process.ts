import { registerHooks } from 'node:module'

const trial = '/node-llama-cpp/dist/bindings/utils/testBindingBinary.js'

/**
 * Lets node-llama-cpp load its libraries without trying them in a process of its own first. It forks that as plain
 * Node, which a packaged Electron refuses to be, and then takes no library at all. The engine is already a process
 * that may die of a library without harm. To be called before node-llama-cpp is imported.
 */
export function trustLibraries(): void {
  registerHooks({
    load: (url, context, next) =>
      url.endsWith(trial)
        ? { format: 'module', source: 'export const testBindingBinary = async () => true', shortCircuit: true }
        : next(url, context),
  })
}
