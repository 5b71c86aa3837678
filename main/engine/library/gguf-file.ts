import { stat } from 'node:fs/promises'
import { GgmlType, GgufFileType, readGgufFileInfo } from 'node-llama-cpp'
import { z } from 'zod'
import { AttuneError } from '../../../preload/contract/errors.ts'

/** What `/api/tags` and the scheduler need of a GGUF file; small enough to be kept with the tag. */
export const ggufSummarySchema = z.object({
  sizeBytes: z.number(),
  family: z.string(),
  parameterCount: z.number(),
  quantization: z.string(),
  contextLength: z.number(),
  embeddingLength: z.number(),
  blockCount: z.number(),
  isEmbeddingModel: z.boolean(),
})
export type GgufSummary = z.infer<typeof ggufSummarySchema>

/** The header of a GGUF file. */
export interface GgufFile {
  summary: GgufSummary
  /** Metadata by full key, arrays included. */
  metadata: Map<string, MetadataValue>
  tensors: { name: string; type: string; shape: number[] }[]
}

export type MetadataValue = string | number | boolean | unknown[]

const fallbackContextLength = 2048

/**
 * Reads the header, not the weights. Throws `fileInvalid` where the file is missing, is no GGUF, or holds no language
 * model.
 */
export async function readGgufFile(path: string): Promise<GgufFile> {
  const { info, sizeBytes } = await readHeader(path)
  const metadata = new Map(flatten(info.metadata, ''))
  const family = text(metadata, 'general.architecture')
  const tensors = (info.fullTensorInfo ?? []).map((tensor) => ({
    name: tensor.name,
    type: GgmlType[tensor.ggmlType] ?? 'unknown',
    shape: tensor.dimensions.map(Number),
  }))
  const number = (key: string) => Number(metadata.get(`${family}.${key}`) ?? 0)
  if (family === '' || tensors.length === 0 || number('block_count') === 0) {
    throw invalid(path, 'holds no language model')
  }
  const parameterCount = tensors.reduce((sum, tensor) => sum + tensor.shape.reduce((a, b) => a * b, 1), 0)
  return {
    summary: {
      sizeBytes,
      family,
      parameterCount,
      quantization: quantizationName(metadata.get('general.file_type')),
      contextLength: number('context_length') || fallbackContextLength,
      embeddingLength: number('embedding_length'),
      blockCount: number('block_count'),
      isEmbeddingModel: metadata.has(`${family}.pooling_type`),
    },
    metadata,
    tensors,
  }
}

/** The model's Jinja chat template; null for a base model. */
export function chatTemplate(file: GgufFile): string | null {
  return text(file.metadata, 'tokenizer.chat_template') || null
}

async function readHeader(path: string) {
  try {
    const info = await readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false })
    return { info, sizeBytes: (await stat(path)).size }
  } catch (error) {
    throw invalid(path, 'is not a GGUF model that can be read', error)
  }
}

function invalid(path: string, what: string, cause?: unknown): AttuneError {
  return new AttuneError(
    {
      code: 'fileInvalid',
      message: `${path} ${what}.`,
      hint: 'Choose another file; models for llama.cpp and Ollama end in .gguf.',
    },
    { cause },
  )
}

function* flatten(value: object, prefix: string): Generator<[string, MetadataValue]> {
  for (const [key, entry] of Object.entries(value) as [string, unknown][]) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (typeof entry === 'bigint') yield [path, Number(entry)]
    else if (typeof entry === 'string' || typeof entry === 'number' || typeof entry === 'boolean') yield [path, entry]
    else if (Array.isArray(entry)) yield [path, entry]
    else if (typeof entry === 'object' && entry !== null) yield* flatten(entry, path)
  }
}

function text(metadata: ReadonlyMap<string, MetadataValue>, key: string): string {
  const value = metadata.get(key)
  return typeof value === 'string' ? value : ''
}

function quantizationName(fileType: MetadataValue | undefined): string {
  const name = typeof fileType === 'number' ? GgufFileType[fileType] : undefined
  return name?.replace(/^(MOSTLY|ALL)_/, '') ?? 'unknown'
}
