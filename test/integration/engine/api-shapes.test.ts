import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writePracticeModel } from '../../../main/engine/practice/practice-model.ts'
import { setUpEngine, type Json } from './engine-fixture.ts'
import { recordedBody, recordedLines, recording, shape } from './recordings.ts'

const engine = setUpEngine()
const { call, generate } = engine

const options = { num_ctx: 512, num_thread: 1, temperature: 0, num_predict: 6 }

describe('answers have the shape of the recorded daemon', () => {
  it('streams pieces and a final chunk, for generate and chat', async () => {
    const generated = await call('POST', '/api/generate', {
      model: 'practice',
      prompt: 'how are you',
      raw: true,
      options,
    })
    const chatted = await call('POST', '/api/chat', {
      model: 'practice',
      messages: [{ role: 'user', content: 'how are you' }],
      options,
    })
    for (const [ours, name] of [
      [generated.body.lines ?? [], 'generate-raw-stream'],
      [chatted.body.lines ?? [], 'chat-stream'],
    ] as const) {
      const theirs = recordedLines(name)
      expect(shape(ours[0])).toEqual(shape(theirs[0]))
      expect(shape(ours.at(-1))).toEqual(shape(theirs.at(-1)))
      expect(ours.slice(0, -1).every((line) => line.done === false)).toBe(true)
      expect(ours).toHaveLength(options.num_predict + 1)
    }
  })

  it('answers at once without streaming, with the context where a template was used', async () => {
    const body = await generate({}, { raw: false })
    expect(shape(body)).toEqual(shape(recordedBody('generate-nostream')))
  })

  it('answers a load and an unload without durations', async () => {
    const loaded = await call('POST', '/api/generate', { model: 'practice', options })
    expect(shape(loaded.body)).toEqual(shape(recordedBody('load-only')))
    expect(loaded.body.done_reason).toBe('load')
    const chat = await call('POST', '/api/chat', { model: 'practice', messages: [], options })
    expect(shape(chat.body)).toEqual(shape(recordedBody('chat-load')))
    const unloaded = await call('POST', '/api/generate', { model: 'practice', keep_alive: 0 })
    expect(shape(unloaded.body)).toEqual(shape(recordedBody('unload')))
    expect((await call('GET', '/api/ps')).body).toEqual(recordedBody('ps-after-unload'))
  })

  it('lists tags and loaded models', async () => {
    await generate()
    expect(shape((await call('GET', '/api/tags')).body)).toEqual(shape(recordedBody('tags')))
    expect(shape((await call('GET', '/api/ps')).body)).toEqual(shape(recordedBody('ps-loaded')))
  })

  it('shows a model with the metadata and tensors of its file', async () => {
    const ours = (await call('POST', '/api/show', { model: 'practice' })).body
    const theirs = recordedBody('show-tiny30')
    expect(Object.keys(ours)).toEqual(Object.keys(theirs))
    expect(Object.keys(ours.model_info as Json).sort()).toEqual(Object.keys(theirs.model_info as Json).sort())
    const verbose = (await call('POST', '/api/show', { model: 'practice', verbose: true })).body
    expect((verbose.model_info as Json)['tokenizer.ggml.tokens']).toHaveLength(8192)
    expect(shape(ours.tensors)).toEqual(shape(theirs.tensors))
  })

  it('tells its version and that it runs', async () => {
    expect(shape((await call('GET', '/api/version')).body)).toEqual(shape(recordedBody('version')))
    expect((await call('GET', '/')).body.text).toBe('Ollama is running')
  })
})

describe('errors are those of the recorded daemon', () => {
  const names = [
    'err-404-generate',
    'err-404-chat',
    'err-404-show',
    'err-no-model',
    'err-bad-name',
    'err-keepalive',
    'err-empty-body',
    'copy-404',
    'copy-bad-name',
    'create-bad-name',
    'create-no-model',
    'create-empty',
    'delete-404',
    'delete-bad-name',
  ]
  it.each(names)('%s', async (name) => {
    const { request, response } = recording(name)
    const known = JSON.stringify(request.body ?? '').replaceAll(/"(tiny30|small85)"/g, '"practice"')
    const ours = await call(request.method, request.path, request.body === null ? undefined : JSON.parse(known))
    expect(ours).toEqual({ status: response.status, body: JSON.parse(response.body ?? '') as Json })
  })

  it.each([
    ['err-opt-string', { num_ctx: '8192' }],
    ['err-opt-bool', { num_ctx: true }],
    ['opt-mmap-string', { use_mmap: 'true' }],
    ['opt-temp-string', { temperature: '0.5' }],
    ['opt-stop-string', { stop: 'x' }],
  ])('%s', async (name, wrong) => {
    const ours = await call('POST', '/api/generate', { model: 'practice', prompt: 'x', options: wrong })
    expect(ours).toEqual({ status: 500, body: recordedBody(name) })
  })

  it('refuses what it cannot do: thinking, tools, suffixes, unknown paths and methods, broken JSON', async () => {
    const asked = { model: 'practice', prompt: 'x' }
    expect((await call('POST', '/api/generate', { ...asked, think: true })).body.error).toBe(
      '"practice" does not support thinking',
    )
    expect((await call('POST', '/api/generate', { ...asked, suffix: 'b' })).status).toBe(400)
    expect((await call('POST', '/api/generate', { ...asked, raw: true, system: 'x' })).body).toEqual(
      recordedBody('generate-raw-with-system-400'),
    )
    expect((await call('POST', '/api/generate', { ...asked, options: [1] })).status).toBe(400)
    expect((await call('POST', '/api/generate', '{"model":')).status).toBe(400)
    expect((await call('GET', '/api/generate')).status).toBe(405)
    expect((await call('GET', '/api/nothing')).status).toBe(404)
    const tools = { model: 'practice', messages: [{ role: 'user', content: 'x' }], tools: [{}] }
    expect((await call('POST', '/api/chat', tools)).status).toBe(400)
  })

  it('says out of memory in the words of llama.cpp, and works again afterwards', async () => {
    const path = join(engine.dataFolder, 'endless.gguf')
    // 16 KB of KV cache a token: four million tokens are 64 GB.
    const shape = { layers: 8, embedding: 512, feedForward: 256, heads: 8, kvHeads: 8, vocabulary: 512 }
    await writePracticeModel(path, { shape: { ...shape, contextLength: 2 ** 22 } })
    const model = await engine.library.openFile(path)
    const ours = await call('POST', '/api/generate', { model, prompt: 'x', options: { num_ctx: 4_000_000 } })
    expect(ours.status).toBe(500)
    expect(ours.body.error).toMatch(/^llama-server process has terminated: exit status 1: .*insufficient memory/)
    expect(ours.body.error).toContain('failed to allocate')
    expect((await generate({}, { model })).done_reason).toBe('length')
  })
})
