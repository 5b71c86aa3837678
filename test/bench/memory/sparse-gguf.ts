import { open } from 'node:fs/promises'
import { GgmlType } from 'node-llama-cpp'
import { tensorBytes } from '../../../main/models/gguf/tensor-types.ts'
import type { Tensor } from '../../../main/models/gguf/tensors.ts'

/** Whole numbers are stored as uint32, others as float32; an array takes the type of its first element. */
export type MetadataValue = string | number | boolean | readonly (string | number | boolean)[]

const alignment = 32
const valueTypes = { uint32: 4, float32: 6, bool: 7, string: 8, array: 9 } as const

/** The least that llama.cpp takes for a tokenizer: control tokens, bytes, and names for the rest. */
export function plainTokenizer(vocabulary: number): Record<string, MetadataValue> {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
  const head = ['<unk>', '<s>', '</s>', ...bytes]
  const rest = Array.from({ length: vocabulary - head.length }, (_, index) => `t${index}`)
  return { 'tokenizer.ggml.model': 'llama', 'tokenizer.ggml.tokens': [...head, ...rest] }
}

/**
 * Writes a GGUF file (version 3) whose weights are all zero: a hole in the file, so that a model of any width takes
 * no room on the disk. llama.cpp allocates the same for it as for real weights.
 */
export async function writeSparseGguf(
  path: string,
  metadata: Readonly<Record<string, MetadataValue>>,
  tensors: readonly Tensor[],
): Promise<void> {
  const { directory, bytes } = encodeTensors(tensors)
  const entries = Object.entries(metadata)
  const pairs = entries.map(([key, value]) => Buffer.concat([text(key), encodeValue(value)]))
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(entries.length),
    ...pairs,
    directory,
  ])
  const file = await open(path, 'w')
  try {
    await file.writeFile(head)
    await file.truncate(aligned(head.length) + bytes)
  } finally {
    await file.close()
  }
}

function encodeTensors(tensors: readonly Tensor[]): { directory: Buffer; bytes: number } {
  const parts: Buffer[] = []
  let offset = 0
  for (const { name, type, shape } of tensors) {
    const id = Reflect.get(GgmlType, type)
    if (typeof id !== 'number') throw new Error(`llama.cpp has no tensor type ${type}`)
    parts.push(text(name), uint32(shape.length), ...shape.map(uint64), uint32(id), uint64(offset))
    offset += aligned(tensorBytes(type, shape))
  }
  return { directory: Buffer.concat(parts), bytes: offset }
}

function encodeValue(value: MetadataValue): Buffer {
  if (typeof value !== 'object') return Buffer.concat([uint32(typeOf(value)), encodeScalar(value)])
  const head = [uint32(valueTypes.array), uint32(typeOf(value[0] ?? 0)), uint64(value.length)]
  return Buffer.concat([...head, ...value.map(encodeScalar)])
}

function typeOf(value: string | number | boolean): number {
  if (typeof value === 'string') return valueTypes.string
  if (typeof value === 'boolean') return valueTypes.bool
  return Number.isInteger(value) ? valueTypes.uint32 : valueTypes.float32
}

function encodeScalar(value: string | number | boolean): Buffer {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'boolean') return Buffer.from([value ? 1 : 0])
  if (Number.isInteger(value)) return uint32(value)
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment
}
