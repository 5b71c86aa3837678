import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readGgufFile } from '../library/gguf-file.ts'
import type { Library } from '../library/tags.ts'
import { practiceName } from '../library-client.ts'
import { practiceModelExists, writePracticeModel } from '../practice/practice-model.ts'
import type { Exchange } from './exchange.ts'
import type { Routes } from './server.ts'

export interface PracticeParts {
  library: Library
  /** Where the practice model's file belongs. */
  path: string
  now: () => Date
}

/**
 * `POST /api/attune/practice`: writes the practice model if it is not there and makes the tag `practice:latest`.
 * Answers NDJSON: `{completed, total}` in bytes, then `{status: "success"}`. A client that goes away stops the writing.
 */
export function practiceRoutes(parts: PracticeParts): Routes {
  // Two at once would write the same file; the second finds it written.
  let turn = Promise.resolve()
  return {
    '/api/attune/practice': {
      POST(exchange) {
        const done = turn.then(() => prepare(parts, exchange))
        turn = done.catch(() => undefined)
        return done
      },
    },
  }
}

async function prepare({ library, path, now }: PracticeParts, exchange: Exchange): Promise<void> {
  exchange.signal.throwIfAborted()
  if (!(await practiceModelExists(path))) {
    await mkdir(dirname(path), { recursive: true })
    const onProgress = (completed: number, total: number) => exchange.line({ completed, total })
    await writePracticeModel(path, { onProgress, signal: exchange.signal })
  }
  if ((await library.find(practiceName))?.path !== path) await register(library, path, now())
  exchange.line({ status: 'success' })
  exchange.end()
}

async function register(library: Library, path: string, now: Date): Promise<void> {
  const { summary } = await readGgufFile(path)
  await library.save({
    schemaVersion: 1,
    name: practiceName,
    path,
    parameters: {},
    system: '',
    parent: '',
    modifiedAt: now.toISOString(),
    gguf: summary,
  })
}
