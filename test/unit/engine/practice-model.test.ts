import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readGgufFile } from '../../../main/engine/library/gguf-file.ts'
import { practiceModelExists, writePracticeModel } from '../../../main/engine/practice/practice-model.ts'

/** The smallest shape that has every part. */
const shape = {
  layers: 2,
  embedding: 128,
  feedForward: 256,
  heads: 4,
  kvHeads: 2,
  vocabulary: 512,
  contextLength: 8192,
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-practice-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const hash = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

describe('the practice model', () => {
  it('is a GGUF file of the llama architecture with all its tensors', async () => {
    const path = join(folder, 'shape.gguf')
    await writePracticeModel(path, { shape })
    const { summary, metadata, tensors } = await readGgufFile(path)
    expect(summary).toMatchObject({ family: 'llama', blockCount: 2, contextLength: 8192, quantization: 'Q4_0' })
    expect(metadata.get('tokenizer.ggml.tokens')).toHaveLength(512)
    expect(tensors).toHaveLength(2 * 9 + 3)
    expect(tensors.find(({ name }) => name === 'blk.1.attn_k.weight')).toMatchObject({ type: 'Q4_0', shape: [128, 64] })
  })

  it('is the same for the same seed and differs for another', async () => {
    const paths = ['a', 'b', 'c'].map((name) => join(folder, `${name}.gguf`))
    for (const [index, path] of paths.entries()) await writePracticeModel(path, { shape, seed: index === 2 ? 2 : 1 })
    const [a, b, c] = await Promise.all(paths.map(hash))
    expect(a).toBe(b)
    expect(c).not.toBe(a)
  })

  it('tells its progress from the first to the last byte', async () => {
    const path = join(folder, 'progress.gguf')
    const told: [number, number][] = []
    await writePracticeModel(path, { shape, onProgress: (...progress) => told.push(progress) })
    const bytes = (await readFile(path)).length
    expect(told.at(-1)).toEqual([bytes, bytes])
    expect(told.every(([completed], index) => index === 0 || completed > (told[index - 1]?.[0] ?? 0))).toBe(true)
  })

  it('is whole or absent: a write that is broken off leaves nothing behind', async () => {
    const path = join(folder, 'broken', 'x.gguf')
    const target = join(folder, 'aborted.gguf')
    const abort = new AbortController()
    const writing = writePracticeModel(target, {
      shape,
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('enough')),
    })
    await expect(writing).rejects.toThrow('enough')
    await expect(writePracticeModel(path, { shape })).rejects.toThrow('ENOENT')
    expect((await readdir(folder)).filter((name) => name.startsWith('aborted'))).toEqual([])
    expect(await practiceModelExists(target)).toBe(false)
  })
})
