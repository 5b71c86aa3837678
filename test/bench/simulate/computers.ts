/** A model, by the table in test/tables whose facts of it are taken. */
export interface SimulatedModel {
  name: string
  factsOf: string
}

/** A computer as its data sheet has it. Speeds are of one fast core, of the memory bus, and of the graphics card. */
export interface Computer {
  id: string
  os: 'linux' | 'win32'
  cpu: { brand: string; fastCores: number; slowCores: number; threadsPerFastCore: 1 | 2 }
  memoryMiB: number
  /** Bytes per second that one fast core can read, and all together. */
  coreBytesPerSecond: number
  busBytesPerSecond: number
  /** Multiplications and additions per second of one fast core on quantised weights. */
  coreOperationsPerSecond: number
  gpu: Gpu | null
  models: readonly SimulatedModel[]
}

export interface Gpu {
  brand: string
  vramMiB: number
  freeMiB: number
  bytesPerSecond: number
  operationsPerSecond: number
  /** Bytes per second from main memory. */
  busBytesPerSecond: number
}

const small: SimulatedModel = { name: 'llama3.2-3b', factsOf: 'laptop4c-8gb-3b' }
const middle: SimulatedModel = { name: 'llama3.1-8b', factsOf: 'rtx4060-8gb-lin-8b' }
const large: SimulatedModel = { name: 'qwen2.5-14b', factsOf: 'rtx4060-8gb-win-14b' }

/**
 * Two without a graphics card and two with one, each with two models. Bandwidths and operations are round figures of
 * their class: dual-channel DDR4 and DDR5, GDDR6 on 128 and 192 bits, PCIe 3 and 4.
 */
export const computers: readonly Computer[] = [
  {
    id: 'laptop8c',
    os: 'linux',
    cpu: { brand: 'simulated 8-core laptop', fastCores: 8, slowCores: 0, threadsPerFastCore: 2 },
    memoryMiB: 16_384,
    coreBytesPerSecond: 12e9,
    busBytesPerSecond: 40e9,
    coreOperationsPerSecond: 60e9,
    gpu: null,
    models: [small, middle],
  },
  {
    id: 'hybrid6p8e',
    os: 'win32',
    cpu: { brand: 'simulated 6P+8E laptop', fastCores: 6, slowCores: 8, threadsPerFastCore: 2 },
    memoryMiB: 32_768,
    coreBytesPerSecond: 15e9,
    busBytesPerSecond: 60e9,
    coreOperationsPerSecond: 80e9,
    gpu: null,
    models: [small, middle],
  },
  {
    id: 'desktop6c-8gb',
    os: 'linux',
    cpu: { brand: 'simulated 6-core desktop', fastCores: 6, slowCores: 0, threadsPerFastCore: 2 },
    memoryMiB: 32_768,
    coreBytesPerSecond: 14e9,
    busBytesPerSecond: 42e9,
    coreOperationsPerSecond: 75e9,
    gpu: gpuOf('simulated 8 GB card', 8192, 7600, 250e9, 24e12, 12e9),
    models: [middle, large],
  },
  {
    id: 'laptop8c-6gb',
    os: 'linux',
    cpu: { brand: 'simulated 8-core gaming laptop', fastCores: 8, slowCores: 0, threadsPerFastCore: 2 },
    memoryMiB: 32_768,
    coreBytesPerSecond: 13e9,
    busBytesPerSecond: 48e9,
    coreOperationsPerSecond: 65e9,
    gpu: gpuOf('simulated 6 GB card', 6144, 5500, 180e9, 16e12, 8e9),
    models: [middle, large],
  },
]

function gpuOf(
  brand: string,
  vramMiB: number,
  freeMiB: number,
  bytesPerSecond: number,
  operationsPerSecond: number,
  busBytesPerSecond: number,
): Gpu {
  return { brand, vramMiB, freeMiB, bytesPerSecond, operationsPerSecond, busBytesPerSecond }
}
