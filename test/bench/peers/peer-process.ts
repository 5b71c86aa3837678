import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { parameterNameSchema, settingSchema } from '../../../preload/contract/model.ts'

/** Optimisers of others, as peer.py names them. */
export const peerMethodSchema = z.enum(['optuna-tpe', 'optuna-gp', 'ax'])
export type PeerMethod = z.infer<typeof peerMethodSchema>

const methodsSchema = z.object({ methods: z.partialRecord(peerMethodSchema, z.string()) })
const paramsSchema = z.partialRecord(parameterNameSchema, settingSchema)
const replySchema = z.object({ error: z.string().optional(), params: paramsSchema.nullish() })

/** One value per parameter of a study's space. */
export type PeerParams = z.infer<typeof paramsSchema>

export type PeerRequest =
  | { command: 'start'; method: PeerMethod; seed: number; space: { name: string; values: readonly unknown[] }[] }
  | { command: 'ask' }
  | { command: 'tell'; params: PeerParams; value: number | null }

/** The Python program of the peers. It runs one study at a time, and one request. */
export interface PeerProcess {
  /** Methods whose packages are installed, with their versions. */
  versions: Partial<Record<PeerMethod, string>>
  /** Answers `ask` with parameters, null where nothing is left to try. Throws what the optimiser raised, or that the program ended. */
  request(request: PeerRequest): Promise<PeerParams | null>
  /** Ends the program. */
  close(): void
}

/**
 * Starts the peers' program with the given Python, or says in a sentence why it does not run. Nothing is ever
 * installed: peer.py names its packages and their versions at its top.
 */
export async function startPeerProcess(python: string): Promise<PeerProcess | string> {
  const child = spawn(python, [fileURLToPath(new URL('peer.py', import.meta.url))], {
    // Matrices are small: more threads only contend.
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  })
  const closed = new Promise((resolve) => child.on('close', resolve))
  let complaint = ''
  child.on('error', (error) => (complaint = error.message))
  child.stderr.on('data', (text) => (complaint = String(text).trim().split('\n').at(-1) ?? ''))
  // A program that has ended is noticed by its missing reply.
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done) {
    // What it complains of may still be under way.
    await closed
    return `The peers do not run with ${python}: ${complaint || 'it says nothing'}`
  }
  const { methods } = methodsSchema.parse(JSON.parse(first.value))

  return {
    versions: methods,
    async request(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const line = await lines.next()
      if (line.done) {
        await closed
        throw new Error(`The peers' program ended: ${complaint}`)
      }
      const { error, params } = replySchema.parse(JSON.parse(line.value))
      if (error !== undefined) throw new Error(`A peer failed: ${error}`)
      return params ?? null
    },
    close: () => child.stdin.end(),
  }
}
