import type { ModelFacts } from '../../../preload/contract/model.ts'
import type { Workload } from '../../../preload/contract/goal.ts'
import type { Rates } from '../tables/rows.ts'
import type { Chance } from './chance.ts'
import type { Computer } from './computers.ts'
import { createProcessor } from './processor.ts'

/** What of a configuration decides about speed, automatic values resolved. */
export interface Run {
  layersOnGpu: number
  threads: number
  batch: number
  isMapped: boolean
  hasFlashAttention: boolean
}

/** Weights at four to five bits: operations per byte of weight and token. */
const operationsPerByte = 2 * (8 / 4.5)
/** Batches below this are not worth a transfer to the card (llama.cpp). */
const leastBatchForCard = 32
/** Seconds of every layer at every token: threads meet, kernels are launched. */
const secondsPerThreadAndLayer = 3e-6
const secondsPerLaunch = 2.5e-5
const secondsPerToken = 4e-4
const secondsPerHandOver = 3e-4
/** Tokens that arithmetic units take at once. */
const tile = 16

/**
 * Speeds of one model on one computer: memory traffic for each token, a roofline for each batch of the prompt
 * (S. Williams et al., CACM 52(4), 2009), layers split between devices, transfers of what is not on the card. Chance
 * of the computer is the same for all its models, chance of the model is its own.
 */
export function createSpeeds(
  computer: Computer,
  facts: ModelFacts,
  workload: Workload,
  ofComputer: Chance,
  ofModel: Chance,
): (run: Run) => Rates {
  const processor = createProcessor(computer, ofComputer)
  const depth = workload.promptTokens + workload.outputTokens / 2
  const { gpu } = computer
  const onCard = gpu && {
    bytes: gpu.bytesPerSecond * ofComputer.factor('card bytes', 0.1) * ofModel.factor('card bytes', 0.06),
    operations: gpu.operationsPerSecond * ofComputer.factor('card operations', 0.2) * ofModel.factor('card work', 0.12),
    transfer: gpu.busBytesPerSecond * ofComputer.factor('card bus', 0.15),
    mappedTransfer: ofComputer.between('mapped transfer', 0.6, 1),
  }
  const reading = ofModel.factor('reading', 0.06)
  const working = ofModel.factor('working', 0.12)
  const unpacked = ofModel.between('mapped work', 0.7, 0.98)
  const bends = (run: Run) => ({
    plainDecode: run.hasFlashAttention
      ? 1
      : ofComputer.factor('plain decode', 0.02) * ofModel.factor('plain decode', 0.015),
    plainPrefill: run.hasFlashAttention
      ? 1
      : ofComputer.factor('plain prefill', 0.03) * ofModel.factor('plain prefill', 0.02),
    batch: ofComputer.factor(`batch ${run.batch}`, 0.02) * ofModel.factor(`batch ${run.batch}`, 0.01),
    threads: ofModel.factor(`threads ${run.threads}`, 0.012),
  })

  const tokenSeconds = (run: Run, cpuBytes: number, gpuBytes: number) => {
    const bend = bends(run)
    const cpuLayers = facts.blockCount - Math.max(0, run.layersOnGpu - 1)
    const { bytesPerSecond } = processor(run.threads)
    const onCpu =
      cpuBytes === 0
        ? 0
        : cpuBytes / (bytesPerSecond * reading * bend.threads) + cpuLayers * run.threads * secondsPerThreadAndLayer
    const onGpu = onCard ? gpuBytes / onCard.bytes + run.layersOnGpu * secondsPerLaunch : 0
    const handOver = cpuBytes > 0 && gpuBytes > 0 ? secondsPerHandOver : 0
    return (onCpu + onGpu) * bend.plainDecode + handOver + secondsPerToken
  }

  const batchSeconds = (run: Run, tokens: number, cpuBytes: number, gpuBytes: number) => {
    const bend = bends(run)
    const padded = Math.ceil(tokens / tile) * tile
    const operations = (bytes: number) => bytes * operationsPerByte * padded
    const cardShare = Math.min(1, (tokens / 1024) ** 0.35)
    const cardSeconds = (bytes: number) =>
      onCard ? Math.hypot(operations(bytes) / (onCard.operations * cardShare), bytes / onCard.bytes) : 0
    if (onCard && tokens >= leastBatchForCard) {
      const transfer = onCard.transfer * (run.isMapped ? onCard.mappedTransfer : 1)
      return (cardSeconds(gpuBytes + cpuBytes) + cpuBytes / transfer) * bend.batch * bend.plainPrefill
    }
    const rates = processor(run.threads)
    const work = rates.operationsPerSecond * working * bend.threads * (run.isMapped ? unpacked : 1)
    const onCpu = Math.hypot(operations(cpuBytes) / work, cpuBytes / (rates.bytesPerSecond * reading))
    return (onCpu + cardSeconds(gpuBytes)) * bend.batch * bend.plainPrefill
  }

  return (run) => {
    const { cpuBytes, gpuBytes } = splitBytes(facts, run.layersOnGpu, depth)
    const { promptTokens } = workload
    const whole = Math.floor(promptTokens / run.batch)
    const rest = promptTokens - whole * run.batch
    const prefill =
      whole * batchSeconds(run, run.batch, cpuBytes, gpuBytes) +
      (rest > 0 ? batchSeconds(run, rest, cpuBytes, gpuBytes) : 0)
    const own = ofModel.factor(`state ${JSON.stringify(run)}`, 0.008)
    return {
      prefillTokensPerSecond: (promptTokens / prefill) * own,
      decodeTokensPerSecond: own / tokenSeconds(run, cpuBytes, gpuBytes),
    }
  }
}

/** Weights and filled cache on either device: the output layer first, then repeating layers from the last. */
function splitBytes(facts: ModelFacts, layersOnGpu: number, depth: number): { cpuBytes: number; gpuBytes: number } {
  const cell = 2 * depth * (facts.keyLength + facts.valueLength)
  const layers = facts.layerBytes.map((bytes, layer) => bytes + cell * (facts.headCountKv[layer] ?? 0))
  const firstOnGpu = facts.blockCount - Math.max(0, layersOnGpu - 1)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const gpuBytes = sum(layers.slice(firstOnGpu)) + (layersOnGpu > 0 ? facts.outputBytes : 0)
  return { cpuBytes: sum(layers) + facts.outputBytes - gpuBytes, gpuBytes }
}
