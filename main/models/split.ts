import { gpuComputeBytes } from './compute-buffers.ts'
import { type EngineState, bytesPerMiB, keyValueBytes, offloadOf, recurrentStateBytes } from './placement.ts'

/** What one of several GPUs holds. */
export interface GpuShare {
  /** Layers as Ollama counts them, the output layer among them. */
  layers: number
  /** Weights, cache and scratch memory; what the driver takes is not in it. */
  vramMiB: number
}

/**
 * How the offloaded layers lie on several GPUs: in order, in proportion to the free memory of each, the output layer
 * last; every GPU that holds any has scratch memory of its own (llama.cpp src/llama-model.cpp, `splits`, where no
 * `tensor_split` is given). A projector lies on the first that holds any. One share a GPU, in the order given.
 */
export function splitAcrossGpus(state: EngineState, freeMiB: readonly number[]): GpuShare[] {
  const { facts } = state
  const offload = offloadOf(state)
  const cache = keyValueBytes(state)
  const recurrent = recurrentStateBytes(state)
  const repeating = facts.layerBytes
    .map((bytes, layer) => bytes + (cache[layer] ?? 0) + (recurrent[layer] ?? 0))
    .slice(offload.firstLayer)
  const layers = [...repeating, ...(offload.output ? [facts.outputBytes] : [])]
  const isComplete = state.gpuLayers > facts.blockCount
  const ends = endsOfShares(freeMiB)
  const owner = (index: number) => ends.findIndex((end) => index / layers.length < end)
  return freeMiB.map((_, gpu) => {
    const own = layers.filter((_bytes, index) => owner(index) === gpu)
    const projector = isComplete && owner(0) === gpu ? facts.projectorBytes : 0
    const scratch = own.length === 0 ? 0 : gpuComputeBytes(state, offload)
    return {
      layers: own.length,
      vramMiB: (own.reduce((sum, bytes) => sum + bytes, projector) + scratch) / bytesPerMiB,
    }
  })
}

/** Where along the layers, 0 to 1, each GPU's share ends. */
function endsOfShares(freeMiB: readonly number[]): number[] {
  const total = freeMiB.reduce((sum, free) => sum + Math.max(0, free), 0)
  let end = 0
  return freeMiB.map((free, gpu) => {
    end += Math.max(0, free) / Math.max(1, total)
    return gpu === freeMiB.length - 1 ? Infinity : end
  })
}
