import { open } from 'node:fs/promises'

/**
 * Writes GGUF version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): header, metadata, tensor
 * directory, then the tensors one after the other, each aligned to 32 bytes. Little endian throughout.
 */

export type GgufValue =
  | { type: 'uint32' | 'int32' | 'float32'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'string'; value: string }
  | { type: 'strings'; value: readonly string[] }
  | { type: 'int32s' | 'float32s'; value: readonly number[] }

export interface GgufTensor {
  name: string
  /** Fastest-varying dimension first, as GGUF stores it. */
  shape: readonly number[]
  type: 'F32' | 'Q4_0'
  /** The tensor's bytes in order, in chunks of any length; together exactly `tensorBytes(tensor)`. */
  chunks: () => Iterable<Uint8Array>
}

const alignment = 32
const valueTypes = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const
const tensorTypes = { F32: 0, Q4_0: 2 } as const

/** Bytes of a tensor: F32 takes 4 a weight, Q4_0 18 a block of 32 weights. */
export function tensorBytes(tensor: Pick<GgufTensor, 'shape' | 'type'>): number {
  const weights = tensor.shape.reduce((product, length) => product * length, 1)
  return tensor.type === 'F32' ? weights * 4 : (weights / 32) * 18
}

/**
 * Writes a file and syncs it to disk. `onProgress` hears of bytes written and bytes in all, once a chunk.
 * Rejects with the file system's own error, or with the signal's reason when aborted; the file is then incomplete.
 */
export async function writeGguf(
  path: string,
  metadata: ReadonlyMap<string, GgufValue>,
  tensors: readonly GgufTensor[],
  onProgress: (completed: number, total: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const head = pad(encodeHead(metadata, tensors))
  const total = head.length + tensors.reduce((sum, tensor) => sum + aligned(tensorBytes(tensor)), 0)
  const file = await open(path, 'w')
  try {
    let completed = 0
    const write = async (bytes: Uint8Array) => {
      signal?.throwIfAborted()
      await file.writeFile(bytes)
      completed += bytes.length
      onProgress(completed, total)
    }
    await write(head)
    for (const tensor of tensors) {
      for (const chunk of tensor.chunks()) await write(chunk)
      const bytes = tensorBytes(tensor)
      if (aligned(bytes) > bytes) await write(new Uint8Array(aligned(bytes) - bytes))
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

function encodeHead(metadata: ReadonlyMap<string, GgufValue>, tensors: readonly GgufTensor[]): Buffer {
  const parts = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(metadata.size)]
  for (const [key, value] of metadata) parts.push(string(key), encodeValue(value))
  let offset = 0
  for (const tensor of tensors) {
    parts.push(string(tensor.name), uint32(tensor.shape.length), ...tensor.shape.map(uint64))
    parts.push(uint32(tensorTypes[tensor.type]), uint64(offset))
    offset += aligned(tensorBytes(tensor))
  }
  return Buffer.concat(parts)
}

function encodeValue(value: GgufValue): Buffer {
  switch (value.type) {
    case 'uint32':
      return Buffer.concat([uint32(valueTypes.uint32), uint32(value.value)])
    case 'int32':
      return Buffer.concat([uint32(valueTypes.int32), int32(value.value)])
    case 'float32':
      return Buffer.concat([uint32(valueTypes.float32), float32(value.value)])
    case 'bool':
      return Buffer.concat([uint32(valueTypes.bool), Buffer.from([value.value ? 1 : 0])])
    case 'string':
      return Buffer.concat([uint32(valueTypes.string), string(value.value)])
    case 'strings':
      return array(valueTypes.string, value.value.map(string))
    case 'int32s':
      return array(valueTypes.int32, value.value.map(int32))
    case 'float32s':
      return array(valueTypes.float32, value.value.map(float32))
  }
}

function array(elementType: number, elements: Buffer[]): Buffer {
  return Buffer.concat([uint32(valueTypes.array), uint32(elementType), uint64(elements.length), ...elements])
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
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

function pad(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)])
}
