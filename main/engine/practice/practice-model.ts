import { rename, rm, stat } from 'node:fs/promises'
import { tensorBytes, writeGguf, type GgufTensor, type GgufValue } from './gguf-writer.ts'
import { buildVocabulary, tokenTypes, type Vocabulary } from './vocabulary.ts'
import { commonWords } from './words.ts'

/**
 * The practice model: a llama-architecture GGUF with random weights. Its text is noise; its cost a token, a batch and
 * a context cell is that of any model of its shape, so it can be tuned like one. Three things are arranged:
 * it never ends by itself (rows of control and byte pieces in the output layer are zero, so they are never the
 * likeliest), it does not repeat one piece (see `outputChunks`), and no channel collapses (weights have mean 0).
 */
export interface PracticeModelShape {
  layers: number
  embedding: number
  feedForward: number
  heads: number
  kvHeads: number
  vocabulary: number
  contextLength: number
}

/** 143 million weights, 80 MB in Q4_0. */
export const practiceModelShape: PracticeModelShape = {
  layers: 12,
  embedding: 1024,
  feedForward: 2560,
  heads: 16,
  kvHeads: 4,
  vocabulary: 8192,
  contextLength: 32_768,
}

const chatTemplate =
  "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}"

/** Scale of a Q4_0 block as a power of two; nibbles span −7…7 steps with a standard deviation of 4.3. */
const scaleExponents = {
  embedding: -2,
  /** Standard deviation 0.034 ≈ 1/√1024: a matrix times a normalised vector keeps its size. */
  matrix: -7,
  /** What layers add is a quarter: more, and all prompts end in one direction; less, and the text runs in circles. */
  residual: -9,
} as const

const blockWeights = 32
const blockBytes = 18
/** About 1 MB at a time: few writes, little memory. */
const chunkBlocks = 1 << 16
/** Divides the vocabulary. */
const rowsPerChunk = 512

/**
 * Writes the model beside `path` and renames it when complete, so that `path` is whole or absent. The same seed and
 * shape give the same bytes. `onProgress` gets the bytes written and in all. Rejects with the file system's error or
 * the signal's reason.
 */
export async function writePracticeModel(
  path: string,
  options: {
    seed?: number
    shape?: PracticeModelShape
    onProgress?: (completed: number, total: number) => void
    signal?: AbortSignal
  } = {},
): Promise<void> {
  const { seed = 1, shape = practiceModelShape, onProgress = () => undefined, signal } = options
  const vocabulary = buildVocabulary(commonWords, shape.vocabulary)
  const temporary = `${path}.partial`
  try {
    await writeGguf(temporary, metadata(shape, vocabulary), tensors(shape, vocabulary, seed), onProgress, signal)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Whether a complete practice model lies at `path`: files are renamed into place whole, so presence is enough. */
export async function practiceModelExists(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile() && entry.size > 0,
    () => false,
  )
}

function metadata(shape: PracticeModelShape, vocabulary: Vocabulary): Map<string, GgufValue> {
  return new Map<string, GgufValue>([
    ['general.architecture', { type: 'string', value: 'llama' }],
    ['general.name', { type: 'string', value: 'Attune practice model' }],
    ['general.description', { type: 'string', value: 'Random weights: its text is noise, its speed is real.' }],
    ['general.file_type', { type: 'uint32', value: 2 }],
    ['general.quantization_version', { type: 'uint32', value: 2 }],
    ['llama.context_length', { type: 'uint32', value: shape.contextLength }],
    ['llama.embedding_length', { type: 'uint32', value: shape.embedding }],
    ['llama.block_count', { type: 'uint32', value: shape.layers }],
    ['llama.feed_forward_length', { type: 'uint32', value: shape.feedForward }],
    ['llama.rope.dimension_count', { type: 'uint32', value: shape.embedding / shape.heads }],
    ['llama.attention.head_count', { type: 'uint32', value: shape.heads }],
    ['llama.attention.head_count_kv', { type: 'uint32', value: shape.kvHeads }],
    ['llama.attention.layer_norm_rms_epsilon', { type: 'float32', value: 1e-5 }],
    ['llama.vocab_size', { type: 'uint32', value: shape.vocabulary }],
    ['tokenizer.ggml.model', { type: 'string', value: 'llama' }],
    ['tokenizer.ggml.tokens', { type: 'strings', value: vocabulary.pieces }],
    ['tokenizer.ggml.scores', { type: 'float32s', value: vocabulary.scores }],
    ['tokenizer.ggml.token_type', { type: 'int32s', value: vocabulary.types }],
    ['tokenizer.ggml.unknown_token_id', { type: 'uint32', value: 0 }],
    ['tokenizer.ggml.bos_token_id', { type: 'uint32', value: 1 }],
    ['tokenizer.ggml.eos_token_id', { type: 'uint32', value: 2 }],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
    ['tokenizer.ggml.add_space_prefix', { type: 'bool', value: true }],
    ['tokenizer.chat_template', { type: 'string', value: chatTemplate }],
  ])
}

function tensors(shape: PracticeModelShape, vocabulary: Vocabulary, seed: number): GgufTensor[] {
  const { embedding, feedForward } = shape
  const kvWidth = (embedding / shape.heads) * shape.kvHeads
  // Every tensor has its own stream, so that the output layer can replay the embedding's.
  const embeddingSeed = seed * 1000
  let stream = embeddingSeed
  const matrix = (name: string, inputs: number, outputs: number, exponent: number): GgufTensor => {
    const tensorSeed = ++stream
    const tensor = { name, shape: [inputs, outputs], type: 'Q4_0' } as const
    return { ...tensor, chunks: () => randomChunks(tensorSeed, exponent, tensorBytes(tensor)) }
  }
  const norm = (name: string): GgufTensor => ({
    name,
    shape: [embedding],
    type: 'F32',
    chunks: () => [new Uint8Array(new Float32Array(embedding).fill(1).buffer)],
  })
  const layer = (index: number) => [
    norm(`blk.${index}.attn_norm.weight`),
    matrix(`blk.${index}.attn_q.weight`, embedding, embedding, scaleExponents.matrix),
    matrix(`blk.${index}.attn_k.weight`, embedding, kvWidth, scaleExponents.matrix),
    matrix(`blk.${index}.attn_v.weight`, embedding, kvWidth, scaleExponents.matrix),
    matrix(`blk.${index}.attn_output.weight`, embedding, embedding, scaleExponents.residual),
    norm(`blk.${index}.ffn_norm.weight`),
    matrix(`blk.${index}.ffn_gate.weight`, embedding, feedForward, scaleExponents.matrix),
    matrix(`blk.${index}.ffn_up.weight`, embedding, feedForward, scaleExponents.matrix),
    matrix(`blk.${index}.ffn_down.weight`, feedForward, embedding, scaleExponents.residual),
  ]
  const table = { shape: [embedding, shape.vocabulary], type: 'Q4_0' } as const
  return [
    {
      ...table,
      name: 'token_embd.weight',
      chunks: () => randomChunks(embeddingSeed, scaleExponents.embedding, tensorBytes(table)),
    },
    ...Array.from({ length: shape.layers }, (_, index) => layer(index)).flat(),
    norm('output_norm.weight'),
    {
      ...table,
      name: 'output.weight',
      chunks: () => outputChunks(shape, vocabulary, embeddingSeed, ++stream),
    },
  ]
}

/** Yields one buffer again and again: each chunk must be used up before the next is asked for. */
function* randomChunks(seed: number, exponent: number, bytes: number): Generator<Uint8Array> {
  const random = createRandomBlocks(seed, exponent)
  const buffer = new Uint8Array(Math.min(bytes, chunkBlocks * blockBytes))
  for (let written = 0; written < bytes; written += buffer.length) {
    const chunk = buffer.subarray(0, Math.min(buffer.length, bytes - written))
    for (let offset = 0; offset < chunk.length; offset += blockBytes) random(chunk, offset)
    yield chunk
  }
}

/**
 * One row a piece. Every fourth block of a row is the negative of the piece's own embedding, the rest is random: the
 * piece just read is in the residual stream, so it makes itself the least likely to come again.
 */
function* outputChunks(
  shape: PracticeModelShape,
  vocabulary: Vocabulary,
  embeddingSeed: number,
  seed: number,
): Generator<Uint8Array> {
  const embeddingBlock = createRandomBlocks(embeddingSeed, scaleExponents.matrix)
  const randomBlock = createRandomBlocks(seed, scaleExponents.matrix)
  const rowBytes = (shape.embedding / blockWeights) * blockBytes
  const rows = new Uint8Array(rowBytes * rowsPerChunk)
  for (let piece = 0; piece < shape.vocabulary; piece++) {
    const row = rows.subarray((piece % rowsPerChunk) * rowBytes, ((piece % rowsPerChunk) + 1) * rowBytes)
    for (let offset = 0, block = 0; offset < rowBytes; offset += blockBytes, block++) {
      embeddingBlock(row, offset)
      if (block % 4 === 0) negate(row, offset)
      else randomBlock(row, offset)
    }
    if (vocabulary.types[piece] !== tokenTypes.normal) zero(row)
    if ((piece + 1) % rowsPerChunk === 0) yield rows
  }
}

/** Fills one Q4_0 block (16-bit scale, then 32 nibbles; weight = (nibble − 8) · scale) from a seeded stream. */
function createRandomBlocks(seed: number, exponent: number): (target: Uint8Array, offset: number) => void {
  let state = (seed * 0x9e3779b1) >>> 0 || 1
  const scale = halfOfPowerOfTwo(exponent)
  return (target, offset) => {
    target[offset] = scale & 0xff
    target[offset + 1] = scale >> 8
    for (let i = offset + 2; i < offset + blockBytes; i += 4) {
      // xorshift32 (Marsaglia 2003)
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      target[i] = nibblePairs[state & 0xff] ?? 0
      target[i + 1] = nibblePairs[(state >>> 8) & 0xff] ?? 0
      target[i + 2] = nibblePairs[(state >>> 16) & 0xff] ?? 0
      target[i + 3] = nibblePairs[state >>> 24] ?? 0
    }
  }
}

/**
 * Every byte as two nibbles of 1…15. Nibble 0 (−8 steps) has no positive counterpart and would give all weights a
 * mean of −0.5 steps, which pulls every output towards one piece. The 31 bytes left over mean zero.
 */
const nibblePairs = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 225 ? (1 + (byte % 15)) | ((1 + Math.floor(byte / 15)) << 4) : 0x88,
)

function negate(row: Uint8Array, offset: number): void {
  for (let i = offset + 2; i < offset + blockBytes; i++) {
    const pair = row[i] ?? 0
    row[i] = (16 - (pair & 0xf)) | ((16 - (pair >> 4)) << 4)
  }
}

function zero(row: Uint8Array): void {
  for (let offset = 0; offset < row.length; offset += blockBytes) row.fill(0x88, offset + 2, offset + blockBytes)
}

/** 2^exponent as an IEEE half, for −14 ≤ exponent ≤ 15. */
function halfOfPowerOfTwo(exponent: number): number {
  return (exponent + 15) << 10
}
