import { join } from 'node:path'
import { modelRoutes } from './api/models.ts'
import { practiceRoutes } from './api/practice.ts'
import { runningRoutes } from './api/running.ts'
import type { Routes } from './api/server.ts'
import { tagFolder } from './library-client.ts'
import { openLibrary } from './library/tags.ts'
import { startLlama } from './runner/llama.ts'
import { loadRunner } from './runner/load.ts'
import { defaultContext } from './runner/settings.ts'
import { createScheduler } from './runner/scheduler.ts'

/**
 * The Ollama version whose behaviour the engine has: clients derive features from it (`num_batch` 0 automatic, output
 * layer first, prompt counts with cached tokens), so it is the newest line's.
 */
export const apiVersion = '0.33.0'

export interface EngineOptions {
  /** Where tags and the practice model are kept. */
  dataFolder: string
  now: () => Date
  maximumWaiting: number
}

/**
 * Starts llama.cpp, wires the engine's parts and returns its routes. Rejects with `storeUnwritable` where the data
 * folder cannot be written, with `engineCrashed` where llama.cpp does not run on this computer.
 */
export async function createEngineRoutes({ dataFolder, now, maximumWaiting }: EngineOptions): Promise<Routes> {
  const library = await openLibrary(tagFolder(dataFolder))
  const backend = await startLlama()
  const { llama } = backend
  const hasGpu = llama.gpu !== false
  const scheduler = createScheduler({
    load: (tag, settings, signal) => loadRunner(backend, tag.path, settings, tag.gguf.sizeBytes, signal),
    hasGpu,
    now,
    maximumWaiting,
  })
  const contextLength = defaultContext(hasGpu ? (await llama.getVramState()).total : 0)
  return {
    '/': { GET: (exchange) => exchange.text(200, 'Ollama is running'), HEAD: (exchange) => exchange.empty(200) },
    '/api/version': { GET: (exchange) => exchange.json(200, { version: apiVersion }) },
    ...modelRoutes({ library, scheduler, now }),
    ...practiceRoutes({ library, path: join(dataFolder, 'practice', 'practice-1.gguf'), now }),
    ...runningRoutes({ library, scheduler, defaultContext: contextLength, now }),
  }
}
