import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { Engine } from './launcher.ts'

/** The engine's models beyond what Ollama's API can do: opening files and writing the practice model. */
export interface EngineLibrary {
  /** Whether the engine has no tag at all; looks on the disk, so that the engine need not run. */
  isEmpty(): Promise<boolean>
  /** Makes a tag for a GGUF file and tells its name. Rejects with `fileInvalid` or `engineCrashed`. */
  openFile(path: string): Promise<string>
  /**
   * Writes the practice model unless it is there and tells its tag's name. `onShare` hears 0…1 in steps of a percent
   * at least. Rejects with `storeUnwritable`, `engineCrashed`, or the signal's reason.
   */
  writePractice(onShare: (share: number) => void, signal?: AbortSignal): Promise<string>
}

const openedSchema = z.object({ name: z.string() })
const failureSchema = z.object({ error: z.string() })
const progressSchema = z.union([
  z.object({ completed: z.number(), total: z.number().positive() }),
  z.object({ status: z.literal('success') }),
  failureSchema,
])

export function createEngineLibrary({
  dataFolder,
  engine,
  fetch = globalThis.fetch,
}: {
  /** The same as the engine's. */
  dataFolder: string
  engine: Engine
  fetch?: typeof globalThis.fetch
}): EngineLibrary {
  const post = async (path: string, body: unknown, signal?: AbortSignal): Promise<Response> => {
    const url = await engine.start()
    return fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body), signal: signal ?? null })
  }
  return {
    async isEmpty() {
      const files = await readdir(tagFolder(dataFolder)).catch(() => [])
      return !files.some((file) => file.endsWith('.json'))
    },
    async openFile(path) {
      // Asked here, as the engine could only say that reading failed.
      await access(path).catch((cause: unknown) => {
        throw invalidFile(`${path} cannot be read.`, cause)
      })
      const response = await unbroken(() => post('/api/attune/open', { path }))
      const body: unknown = await unbroken(() => response.json())
      if (!response.ok) throw invalidFile(failureSchema.parse(body).error)
      return openedSchema.parse(body).name
    },
    async writePractice(onShare, signal) {
      const response = await unbroken(() => post('/api/attune/practice', {}, signal), signal)
      await unbroken(() => followProgress(response, onShare), signal)
      return practiceName
    },
  }
}

/** The practice model's tag. */
export const practiceName = 'practice:latest'

/** Where the engine keeps its tags. */
export function tagFolder(dataFolder: string): string {
  return join(dataFolder, 'models')
}

async function followProgress(response: Response, onShare: (share: number) => void): Promise<void> {
  let told = -1
  for await (const line of lines(response)) {
    const progress = progressSchema.parse(JSON.parse(line))
    if ('error' in progress) throw unwritable(progress.error)
    if ('status' in progress) return onShare(1)
    const share = progress.completed / progress.total
    if (share - told < 0.01) continue
    told = share
    onShare(share)
  }
  throw new Error('The answer ended early.')
}

async function* lines(response: Response): AsyncGenerator<string> {
  if (response.body === null) return
  let rest = ''
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    yield* parts.filter((part) => part !== '')
  }
  if (rest !== '') yield rest
}

/** Our own errors pass; anything else means that the engine's process ended on the way. */
async function unbroken<T>(action: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof AttuneError) throw cause
    throw new AttuneError(
      { code: 'engineCrashed', message: 'The built-in engine ended unexpectedly.', hint: 'Try again.' },
      { cause },
    )
  }
}

function invalidFile(message: string, cause?: unknown): AttuneError {
  return new AttuneError(
    { code: 'fileInvalid', message, hint: 'Choose another file; models for llama.cpp and Ollama end in .gguf.' },
    { cause },
  )
}

function unwritable(reason: string): AttuneError {
  return new AttuneError({
    code: 'storeUnwritable',
    message: `The practice model could not be written: ${reason}`,
    hint: 'Free about 100 MB of disk space and try again.',
  })
}
