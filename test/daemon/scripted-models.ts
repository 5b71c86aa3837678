import { createHash } from 'node:crypto'
import type { ParameterValue } from '../../preload/contract/model.ts'

/** The shape of a llama-architecture model, from which metadata and tensors follow. */
export interface ModelShape {
  blockCount: number
  embeddingLength: number
  feedForwardLength: number
  headCount: number
  headCountKv: number
  vocabularySize: number
  trainedContextLength: number
}

/** A model as a test describes it; everything but the name has a default. */
export interface ScriptedModel {
  /** With or without `:latest`. */
  name: string
  parameters?: Record<string, ParameterValue>
  shape?: Partial<ModelShape>
  capabilities?: string[]
  family?: string
  /** A cloud model: listed with this `remote_host`. */
  remoteHost?: string
  /** Models from the same file share one runner. Default: a file of its own. */
  file?: string
}

/** A model as the daemon keeps it. */
export interface StoredModel {
  name: string
  file: string
  digest: string
  parentModel: string
  parameters: Record<string, unknown>
  shape: ModelShape
  capabilities: string[]
  family: string
  remoteHost: string | null
}

/** About 3.2 billion parameters, 28 layers. */
export const defaultShape: ModelShape = {
  blockCount: 28,
  embeddingLength: 3072,
  feedForwardLength: 8192,
  headCount: 24,
  headCountKv: 8,
  vocabularySize: 128_256,
  trainedContextLength: 131_072,
}

export function fullName(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`
}

export function store(model: ScriptedModel): StoredModel {
  const name = fullName(model.name)
  const parameters = model.parameters ?? {}
  return {
    name,
    file: model.file ?? `sha256-${sha256(`file of ${name}`)}`,
    digest: sha256(JSON.stringify([name, parameters])),
    parentModel: '',
    parameters,
    shape: { ...defaultShape, ...model.shape },
    capabilities: model.capabilities ?? ['completion'],
    family: model.family ?? 'llama',
    remoteHost: model.remoteHost ?? null,
  }
}

/** What `/api/create` makes of a base: parameters merged over the base's, the file shared. */
export function derive(base: StoredModel, name: string, parameters: Record<string, unknown>): StoredModel {
  const merged = { ...base.parameters, ...parameters }
  return {
    ...base,
    name: fullName(name),
    parentModel: base.name,
    parameters: merged,
    digest: sha256(JSON.stringify([base.digest, merged])),
  }
}

interface Tensor {
  name: string
  type: string
  shape: number[]
}

function tensorsOf(shape: ModelShape): Tensor[] {
  const { embeddingLength: e, feedForwardLength: f } = shape
  const kv = (e / shape.headCount) * shape.headCountKv
  const layer = (n: number): Tensor[] => [
    { name: `blk.${n}.attn_norm.weight`, type: 'F32', shape: [e] },
    { name: `blk.${n}.attn_q.weight`, type: 'Q4_0', shape: [e, e] },
    { name: `blk.${n}.attn_k.weight`, type: 'Q4_0', shape: [e, kv] },
    { name: `blk.${n}.attn_v.weight`, type: 'Q4_0', shape: [e, kv] },
    { name: `blk.${n}.attn_output.weight`, type: 'Q4_0', shape: [e, e] },
    { name: `blk.${n}.ffn_norm.weight`, type: 'F32', shape: [e] },
    { name: `blk.${n}.ffn_gate.weight`, type: 'Q4_0', shape: [e, f] },
    { name: `blk.${n}.ffn_up.weight`, type: 'Q4_0', shape: [e, f] },
    { name: `blk.${n}.ffn_down.weight`, type: 'Q4_0', shape: [f, e] },
  ]
  return [
    { name: 'token_embd.weight', type: 'Q4_0', shape: [e, shape.vocabularySize] },
    ...Array.from({ length: shape.blockCount }, (_, n) => layer(n)).flat(),
    { name: 'output_norm.weight', type: 'F32', shape: [e] },
    { name: 'output.weight', type: 'Q4_0', shape: [e, shape.vocabularySize] },
  ]
}

export function parameterCount(model: StoredModel): number {
  return tensorsOf(model.shape).reduce((sum, tensor) => sum + tensor.shape.reduce((a, b) => a * b, 1), 0)
}

/** Q4_0 takes 18 bytes for 32 weights; the few F32 norms are lost in the rounding. */
export function fileBytes(model: StoredModel): number {
  return Math.round((parameterCount(model) * 18) / 32)
}

/** `num_ctx` as it takes effect: clamped to the training length, 4 for nonsense, 4096 when nobody set it. */
export function contextLengthOf(options: { num_ctx?: number }, model: StoredModel): number {
  const asked = options.num_ctx ?? 4096
  return asked <= 1 ? 4 : Math.min(Math.trunc(asked), model.shape.trainedContextLength)
}

function details(model: StoredModel): Record<string, unknown> {
  return {
    parent_model: model.parentModel,
    format: 'gguf',
    family: model.family,
    families: [model.family],
    parameter_size: `${(parameterCount(model) / 1e9).toFixed(1)}B`,
    quantization_level: 'Q4_0',
  }
}

/** An entry of `/api/tags`; capabilities and context length only from 0.30.0 on, as with Ollama. */
export function tagsEntry(model: StoredModel, tellsCapabilities: boolean): Record<string, unknown> {
  return {
    name: model.name,
    model: model.name,
    modified_at: '2026-11-21T06:57:26.204113185Z',
    size: fileBytes(model),
    digest: model.digest,
    details: {
      ...details(model),
      ...(tellsCapabilities
        ? { context_length: model.shape.trainedContextLength, embedding_length: model.shape.embeddingLength }
        : {}),
    },
    ...(tellsCapabilities ? { capabilities: model.capabilities } : {}),
    ...(model.remoteHost === null ? {} : { remote_host: model.remoteHost, remote_model: model.name }),
  }
}

/** The answer of `/api/show`. */
export function showAnswer(model: StoredModel): Record<string, unknown> {
  const { shape } = model
  const parameters = parametersText(model.parameters)
  return {
    modelfile: `FROM /models/blobs/${model.file}\nTEMPLATE {{ .Prompt }}\n`,
    ...(parameters === '' ? {} : { parameters }),
    template: '{{ .Prompt }}',
    details: details(model),
    model_info: {
      'general.architecture': 'llama',
      'general.file_type': 2,
      'general.parameter_count': parameterCount(model),
      'llama.attention.head_count': shape.headCount,
      'llama.attention.head_count_kv': shape.headCountKv,
      'llama.block_count': shape.blockCount,
      'llama.context_length': shape.trainedContextLength,
      'llama.embedding_length': shape.embeddingLength,
      'llama.feed_forward_length': shape.feedForwardLength,
      'llama.vocab_size': shape.vocabularySize,
      'tokenizer.ggml.tokens': null,
    },
    tensors: tensorsOf(shape),
    capabilities: model.capabilities,
    modified_at: '2026-11-21T06:57:26.204113185Z',
  }
}

/** Ollama pads names to 30 and prints values as Go source. */
function parametersText(parameters: Record<string, unknown>): string {
  const line = (name: string, value: unknown) => `${name.padEnd(30)} ${goSource(value)}`
  return Object.entries(parameters)
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((part) => line(name, part)) : [line(name, value)]))
    .join('\n')
}

function goSource(value: unknown): string {
  if (typeof value === 'number' && Math.abs(value) >= 1e6) {
    return value.toExponential().replace(/e\+(\d)$/, 'e+0$1')
  }
  return value === null ? '<nil>' : JSON.stringify(value)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
