import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { humanNumber, listed, shown } from '../../../main/engine/api/describe.ts'
import type { GgufFile } from '../../../main/engine/library/gguf-file.ts'
import type { Tag } from '../../../main/engine/library/tags.ts'

const summary = {
  sizeBytes: 28_550_080,
  family: 'llama',
  parameterCount: 50_341_632,
  quantization: 'Q4_0',
  contextLength: 8192,
  embeddingLength: 768,
  blockCount: 6,
  isEmbeddingModel: false,
}
const file: GgufFile = {
  summary,
  metadata: new Map<string, string | unknown[]>([
    ['general.architecture', 'llama'],
    ['general.name', 'hidden'],
    ['tokenizer.chat_template', '{{ messages }}'],
    ['tokenizer.ggml.tokens', ['a']],
  ]),
  tensors: [{ name: 'output.weight', type: 'Q4_0', shape: [768, 8192] }],
}

function tag(parameters: Record<string, unknown>): Tag {
  const modifiedAt = '2026-01-01T00:00:00.000Z'
  return {
    schemaVersion: 1,
    name: 'x:latest',
    path: '/x.gguf',
    parameters,
    system: '',
    parent: '',
    modifiedAt,
    gguf: summary,
  }
}

function recording(name: string): Record<string, unknown> {
  const text = readFileSync(new URL(`../../recordings/0.32.15/${name}.json`, import.meta.url), 'utf8')
  const { response } = JSON.parse(text) as { response: { body: string } }
  return JSON.parse(response.body) as Record<string, unknown>
}

describe('what the API says of a tag', () => {
  it('writes parameters as a recorded daemon does, one line a value', () => {
    const lines = (text: unknown) => String(text).split('\n').sort()
    const ours = shown(tag({ num_thread: 2, num_batch: 256, num_ctx: 2048 }), file, false)
    expect(lines(ours.parameters)).toEqual(lines(recording('show-tuned').parameters))
    const large = shown(tag({ seed: 123_456_789, num_ctx: 1_048_576, num_predict: 999_999 }), file, false)
    expect(lines(large.parameters)).toEqual(lines(recording('show-bigint').parameters))
    const text = shown(tag({ num_ctx: '8192' }), file, false)
    expect(text.parameters).toBe(recording('show-string-parameter').parameters)
  })

  it('has every field of a recorded answer, and of its list line', () => {
    expect(Object.keys(shown(tag({ num_ctx: 1 }), file, false)).sort()).toEqual(
      Object.keys(recording('show-tuned')).sort(),
    )
    const { models } = recording('tags') as { models: { details: object }[] }
    expect(Object.keys(listed(tag({}))).sort()).toEqual(Object.keys(models[0] ?? {}).sort())
    expect(Object.keys(listed(tag({})).details as object)).toEqual(Object.keys(models[0]?.details ?? {}))
  })

  it('leaves arrays out unless asked, and never shows the name or template among the metadata', () => {
    expect(shown(tag({}), file, false).model_info).toEqual({
      'general.architecture': 'llama',
      'general.parameter_count': 50_341_632,
      'tokenizer.ggml.tokens': null,
    })
    expect(shown(tag({}), file, true).model_info).toMatchObject({ 'tokenizer.ggml.tokens': ['a'] })
  })

  it.each([
    [158_360_000, '158.36M'],
    [1_800_000_000, '1.8B'],
    [7_000_000_000, '7B'],
    [50_341_632, '50.34M'],
    [900, '900'],
  ])('writes %d as %s', (value, text) => {
    expect(humanNumber(value)).toBe(text)
  })
})
