import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Buffers, Cell } from './loads.ts'

const run = promisify(execFile)
const moduleVersion = 'github.com/gpustack/gguf-parser-go@v0.28.1'
const bytesPerMiB = 2 ** 20

/** Estimates of gguf-parser-go. */
export interface Peer {
  estimate(path: string, cells: readonly Cell[]): Promise<Buffers[]>
}

/** Builds the peer in `folder`; null where there is no Go, or its module cannot be had. */
export async function createPeer(folder: string): Promise<Peer | null> {
  const cwd = join(folder, 'peer')
  const binary = join(cwd, 'peer')
  try {
    await mkdir(cwd)
    await copyFile(fileURLToPath(new URL('peer.go', import.meta.url)), join(cwd, 'main.go'))
    await writeFile(join(cwd, 'go.mod'), 'module peer\n')
    await run('go', ['get', moduleVersion], { cwd })
    await run('go', ['build', '-o', binary, '.'], { cwd })
  } catch {
    return null
  }
  return {
    async estimate(path, cells) {
      const child = execFile(binary)
      const answered = collect(child.stdout)
      for (const { contextLength, batch, hasFlashAttention, cacheType } of cells) {
        child.stdin?.write(`${path} ${contextLength} ${batch} ${hasFlashAttention} ${cacheType}\n`)
      }
      child.stdin?.end()
      await once(child, 'close')
      return (await answered).trim().split('\n').map(parseLine)
    },
  }
}

async function collect(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = ''
  if (stream) for await (const chunk of stream) text += String(chunk)
  return text
}

function parseLine(line: string): Buffers {
  const [weights = Number.NaN, cache = Number.NaN, compute = Number.NaN] = line.split(' ').map(Number)
  return { weightsMiB: weights / bytesPerMiB, cacheMiB: cache / bytesPerMiB, computeMiB: compute / bytesPerMiB }
}
