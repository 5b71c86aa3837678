/** Bytes per block and elements per block of one way to store numbers. */
interface Layout {
  blockBytes: number
  blockElements: number
}

/**
 * Storage layouts by the names that GGUF and `/api/show` give them.
 *
 * Source: `type_traits` in ggml/src/ggml.c and the `block_*` structures in ggml/src/ggml-common.h
 * (github.com/ggml-org/llama.cpp).
 */
const layouts = new Map<string, Layout>([
  ['F64', { blockBytes: 8, blockElements: 1 }],
  ['F32', { blockBytes: 4, blockElements: 1 }],
  ['F16', { blockBytes: 2, blockElements: 1 }],
  ['BF16', { blockBytes: 2, blockElements: 1 }],
  ['I8', { blockBytes: 1, blockElements: 1 }],
  ['I16', { blockBytes: 2, blockElements: 1 }],
  ['I32', { blockBytes: 4, blockElements: 1 }],
  ['I64', { blockBytes: 8, blockElements: 1 }],
  ['Q1_0', { blockBytes: 18, blockElements: 128 }],
  ['Q2_0', { blockBytes: 18, blockElements: 64 }],
  ['Q4_0', { blockBytes: 18, blockElements: 32 }],
  ['Q4_1', { blockBytes: 20, blockElements: 32 }],
  ['Q5_0', { blockBytes: 22, blockElements: 32 }],
  ['Q5_1', { blockBytes: 24, blockElements: 32 }],
  ['Q8_0', { blockBytes: 34, blockElements: 32 }],
  ['Q8_1', { blockBytes: 36, blockElements: 32 }],
  ['IQ4_NL', { blockBytes: 18, blockElements: 32 }],
  ['MXFP4', { blockBytes: 17, blockElements: 32 }],
  ['NVFP4', { blockBytes: 36, blockElements: 64 }],
  ['Q2_K', { blockBytes: 84, blockElements: 256 }],
  ['Q3_K', { blockBytes: 110, blockElements: 256 }],
  ['Q4_K', { blockBytes: 144, blockElements: 256 }],
  ['Q5_K', { blockBytes: 176, blockElements: 256 }],
  ['Q6_K', { blockBytes: 210, blockElements: 256 }],
  ['Q8_K', { blockBytes: 292, blockElements: 256 }],
  ['IQ1_S', { blockBytes: 50, blockElements: 256 }],
  ['IQ1_M', { blockBytes: 56, blockElements: 256 }],
  ['IQ2_XXS', { blockBytes: 66, blockElements: 256 }],
  ['IQ2_XS', { blockBytes: 74, blockElements: 256 }],
  ['IQ2_S', { blockBytes: 82, blockElements: 256 }],
  ['IQ3_XXS', { blockBytes: 98, blockElements: 256 }],
  ['IQ3_S', { blockBytes: 110, blockElements: 256 }],
  ['IQ4_XS', { blockBytes: 136, blockElements: 256 }],
  ['TQ1_0', { blockBytes: 54, blockElements: 256 }],
  ['TQ2_0', { blockBytes: 66, blockElements: 256 }],
])

/** What is assumed of a type this table does not know: as large as half precision, so that memory is not promised away. */
const unknownLayout: Layout = { blockBytes: 2, blockElements: 1 }

/** Bytes of one tensor. Types that are not in GGML's table count as half precision (2 bytes an element). */
export function tensorBytes(type: string, shape: readonly number[]): number {
  const { blockBytes, blockElements } = layouts.get(type.toUpperCase()) ?? unknownLayout
  const elements = shape.reduce((product, length) => product * length, 1)
  return Math.ceil(elements / blockElements) * blockBytes
}
