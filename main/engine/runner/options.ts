import { ApiError } from '../errors.ts'

/** Model options as Ollama knows them (`api.Options`), and `flash_attention`, which there is the environment's; null where "not set" is a state of its own. */
export interface ModelOptions {
  num_ctx: number
  num_batch: number
  num_gpu: number
  main_gpu: number | null
  use_mmap: boolean | null
  flash_attention: boolean | null
  num_thread: number
  draft_num_predict: number
  num_keep: number
  num_predict: number
  temperature: number
  top_k: number
  top_p: number
  min_p: number
  repeat_last_n: number
  repeat_penalty: number
  presence_penalty: number
  frequency_penalty: number
  seed: number
  stop: string[]
}

type OptionKind = 'integer' | 'float32' | 'boolean' | 'array'

const kinds: Record<keyof ModelOptions, OptionKind> = {
  num_ctx: 'integer',
  num_batch: 'integer',
  num_gpu: 'integer',
  main_gpu: 'integer',
  use_mmap: 'boolean',
  flash_attention: 'boolean',
  num_thread: 'integer',
  draft_num_predict: 'integer',
  num_keep: 'integer',
  num_predict: 'integer',
  temperature: 'float32',
  top_k: 'integer',
  top_p: 'float32',
  min_p: 'float32',
  repeat_last_n: 'integer',
  repeat_penalty: 'float32',
  presence_penalty: 'float32',
  frequency_penalty: 'float32',
  seed: 'integer',
  stop: 'array',
}

const defaults: Omit<ModelOptions, 'num_ctx'> = {
  num_batch: 512,
  num_gpu: -1,
  main_gpu: null,
  use_mmap: null,
  flash_attention: null,
  num_thread: 0,
  draft_num_predict: 0,
  num_keep: 4,
  num_predict: -1,
  temperature: 0.8,
  top_k: 40,
  top_p: 0.9,
  min_p: 0,
  repeat_last_n: 64,
  repeat_penalty: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  seed: -1,
  stop: [],
}

/** What a JSON document may carry as options or parameters, unchecked. */
export type RawOptions = Record<string, unknown>

export interface ResolvedOptions {
  options: ModelOptions
  /** Neither the tag nor the request names `num_ctx`. */
  automaticContext: boolean
  /** Neither the tag nor the request names `num_batch`, be it as 0. */
  automaticBatch: boolean
}

/**
 * Defaults, then the tag's parameters, then the request's options, as Ollama merges them: null counts as not sent,
 * unknown names are ignored, fractions of integers are cut. Throws the 500 that Ollama gives for a wrong type, be it
 * in the tag or in the request.
 */
export function resolveOptions(tag: RawOptions, request: RawOptions, defaultContext: number): ResolvedOptions {
  const options: ModelOptions = { ...defaults, num_ctx: defaultContext }
  for (const source of [tag, request]) Object.assign(options, checkOptions(source))
  return {
    options,
    automaticContext: !('num_ctx' in tag) && !('num_ctx' in request),
    automaticBatch: !('num_batch' in tag) && !('num_batch' in request),
  }
}

function checkOptions(source: RawOptions): Partial<ModelOptions> {
  const entries = Object.entries(source).flatMap(([name, value]) =>
    value !== null && isKnown(name) ? [[name, checkOption(name, value)]] : [],
  )
  return Object.fromEntries(entries) as Partial<ModelOptions>
}

function isKnown(name: string): name is keyof ModelOptions {
  return Object.hasOwn(kinds, name)
}

function checkOption(name: keyof ModelOptions, value: unknown): unknown {
  const kind = kinds[name]
  const fail = (expected: string) => new ApiError(500, `option "${name}" must be of ${expected}`)
  switch (kind) {
    case 'integer':
      if (typeof value !== 'number') throw fail('type integer')
      return Math.trunc(value)
    case 'float32':
      if (typeof value !== 'number') throw fail('type float32')
      return value
    case 'boolean':
      if (typeof value !== 'boolean') throw fail('type boolean')
      return value
    case 'array':
      if (!Array.isArray(value)) throw fail('type array')
      if (!value.every((item) => typeof item === 'string')) throw fail('an array of strings')
      return value
  }
}
