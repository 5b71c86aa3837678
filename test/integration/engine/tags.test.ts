import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writePracticeModel } from '../../../main/engine/practice/practice-model.ts'
import { setUpEngine, type Json } from './engine-fixture.ts'
import { recordedLines } from './recordings.ts'

const engine = setUpEngine()
const { call, generate } = engine

const names = async () => ((await call('GET', '/api/tags')).body.models as Json[]).map(({ name }) => name)
const shown = async (model: string) => (await call('POST', '/api/show', { model })).body

describe('tags', () => {
  it('are created from another with parameters, in the steps of the recorded daemon', async () => {
    const create = { model: 'tuned', from: 'practice', parameters: { num_thread: 1, num_ctx: 1024 } }
    const { lines } = (await call('POST', '/api/create', create)).body
    const verbs = (all: Json[] = []) => all.map(({ status }) => String(status).replace(/sha256:.*/, ''))
    expect(verbs(lines)).toEqual(verbs(recordedLines('create-from-parameters')))
    expect((await shown('tuned:latest')).parameters).toBe(`${'num_ctx'.padEnd(30)} 1024\n${'num_thread'.padEnd(30)} 1`)
    expect((await generate({}, { model: 'tuned', options: { num_predict: 2 } })).done).toBe(true)
    const { models } = (await call('GET', '/api/ps')).body as { models?: Json[] }
    expect(models?.[0]).toMatchObject({ name: 'tuned:latest', context_length: 1024 })
  })

  it('merge the parameters of their base, which can be overridden', async () => {
    await call('POST', '/api/create', { model: 'base', from: 'practice', parameters: { num_thread: 1, top_k: 3 } })
    const answer = await call('POST', '/api/create', {
      model: 'over',
      from: 'base',
      parameters: { num_thread: 2 },
      stream: false,
    })
    expect(answer).toEqual({ status: 200, body: { status: 'success' } })
    expect(String((await shown('over')).parameters).split('\n')).toEqual([
      `${'num_thread'.padEnd(30)} 2`,
      `${'top_k'.padEnd(30)} 3`,
    ])
  })

  it('keep parameters unchecked and fail when used, as in Ollama', async () => {
    await call('POST', '/api/create', { model: 'wrong', from: 'practice', parameters: { num_ctx: '8192' } })
    expect((await generate({}, { model: 'wrong' })).error).toBe('option "num_ctx" must be of type integer')
  })

  it('share a loaded model with their base where the settings are the same', async () => {
    const options = { num_ctx: 512, num_predict: 2 }
    await call('POST', '/api/create', { model: 'hot', from: 'practice', parameters: { temperature: 0.1 } })
    await call('POST', '/api/generate', { model: 'practice', options })
    const body = await generate({}, { model: 'hot', options })
    expect(Number(body.load_duration)).toBeLessThan(10e6)
    const { models } = (await call('GET', '/api/ps')).body as { models?: Json[] }
    expect(models?.map(({ name }) => name)).toEqual(['practice:latest'])
  })

  it('report an unknown base in the stream', async () => {
    const { status, body } = await call('POST', '/api/create', { model: 'x', from: 'nope' })
    expect(status).toBe(200)
    expect(body.lines?.at(-1)?.error).toContain('pull model manifest')
  })

  it('are copied and deleted', async () => {
    expect((await call('POST', '/api/copy', { source: 'practice', destination: 'twin:v1' })).status).toBe(200)
    expect(await names()).toContain('twin:v1')
    expect((await call('DELETE', '/api/delete', { model: 'twin:v1' })).status).toBe(200)
    expect(await names()).not.toContain('twin:v1')
  })

  it('deleted while they generate let the request finish', async () => {
    await call('POST', '/api/copy', { source: 'practice', destination: 'brief' })
    const running = generate({ num_predict: 30 }, { model: 'brief' })
    await call('DELETE', '/api/delete', { model: 'brief' })
    expect((await running).eval_count).toBe(30)
  })
})

describe('opening a file', () => {
  it('makes a tag named after it, the same one each time, another for another file of that name', async () => {
    const shape = { layers: 1, embedding: 128, feedForward: 128, heads: 4, kvHeads: 2, vocabulary: 512 }
    const path = join(engine.dataFolder, 'My Model.Q4_0.gguf')
    await writePracticeModel(path, { shape: { ...shape, contextLength: 8192 } })
    expect(await engine.library.openFile(path)).toBe('my-model.q4_0:latest')
    expect(await engine.library.openFile(path)).toBe('my-model.q4_0:latest')
    const other = join(engine.dataFolder, 'practice', 'my-model.q4_0.gguf')
    await writePracticeModel(other, { shape: { ...shape, contextLength: 8192 } })
    expect(await engine.library.openFile(other)).toBe('my-model.q4_0-2:latest')
    expect((await generate({}, { model: 'my-model.q4_0' })).eval_count).toBe(4)
  })

  it('refuses what is no model, in a sentence', async () => {
    const path = join(engine.dataFolder, 'letter.gguf')
    await writeFile(path, 'Dear Sir or Madam')
    await expect(engine.library.openFile(path)).rejects.toMatchObject({ code: 'fileInvalid' })
    await expect(engine.library.openFile('/nowhere/x.gguf')).rejects.toMatchObject({ code: 'fileInvalid' })
  })
})

describe('the practice model', () => {
  it('is written once, with progress, and found again', async () => {
    const shares: number[] = []
    expect(await engine.library.writePractice((share) => shares.push(share))).toBe('practice:latest')
    expect(shares).toEqual([1])
  })
})
