import { factsFromMetadata } from '../../../main/models/facts.ts'
import { maximumLayers } from '../../../main/models/fit.ts'
import { placeMemory } from '../../../main/models/placement.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'
import type { ModelFacts } from '../../../preload/contract/model.ts'
import { percent, print, printTable } from '../printing.ts'
import { processorAlone } from './predictions.ts'
import { attention, decoderMetadata, eachLayer, edges, experts, mxfp4, q4_K, usualLayer } from './shapes.ts'
import type { MetadataValue } from './sparse-gguf.ts'

/** A published model: layers, embedding, feed-forward, heads, KV heads, head length, vocabulary. */
interface Published {
  name: string
  architecture: string
  widths: [number, number, number, number, number, number, number]
  isTied?: boolean
  experts?: { count: number; expert: number; used: number }
  window?: number
}

const published: Published[] = [
  { name: 'llama-3.2-1b', architecture: 'llama', widths: [16, 2048, 8192, 32, 8, 64, 128_256], isTied: true },
  { name: 'llama-3.2-3b', architecture: 'llama', widths: [28, 3072, 8192, 24, 8, 128, 128_256], isTied: true },
  { name: 'llama-3.1-8b', architecture: 'llama', widths: [32, 4096, 14_336, 32, 8, 128, 128_256] },
  { name: 'llama-3.3-70b', architecture: 'llama', widths: [80, 8192, 28_672, 64, 8, 128, 128_256] },
  { name: 'llama-2-7b', architecture: 'llama', widths: [32, 4096, 11_008, 32, 32, 128, 32_000] },
  { name: 'llama-2-13b', architecture: 'llama', widths: [40, 5120, 13_824, 40, 40, 128, 32_000] },
  { name: 'mistral-7b', architecture: 'llama', widths: [32, 4096, 14_336, 32, 8, 128, 32_768] },
  { name: 'mistral-small-24b', architecture: 'llama', widths: [40, 5120, 32_768, 32, 8, 128, 131_072] },
  {
    name: 'mixtral-8x7b',
    architecture: 'llama',
    widths: [32, 4096, 14_336, 32, 8, 128, 32_000],
    experts: { count: 8, expert: 14_336, used: 2 },
  },
  { name: 'qwen2.5-7b', architecture: 'qwen2', widths: [28, 3584, 18_944, 28, 4, 128, 152_064] },
  { name: 'qwen2.5-14b', architecture: 'qwen2', widths: [48, 5120, 13_824, 40, 8, 128, 152_064] },
  { name: 'qwen2.5-32b', architecture: 'qwen2', widths: [64, 5120, 27_648, 40, 8, 128, 152_064] },
  { name: 'qwen3-4b', architecture: 'qwen3', widths: [36, 2560, 9728, 32, 8, 128, 151_936], isTied: true },
  { name: 'qwen3-8b', architecture: 'qwen3', widths: [36, 4096, 12_288, 32, 8, 128, 151_936] },
  {
    name: 'qwen3-30b-a3b',
    architecture: 'qwen3moe',
    widths: [48, 2048, 6144, 32, 4, 128, 151_936],
    experts: { count: 128, expert: 768, used: 8 },
  },
  {
    name: 'gemma-2-9b',
    architecture: 'gemma2',
    widths: [42, 3584, 14_336, 16, 8, 256, 256_000],
    isTied: true,
    window: 4096,
  },
  {
    name: 'gemma-3-4b',
    architecture: 'gemma3',
    widths: [34, 2560, 10_240, 8, 4, 256, 262_144],
    isTied: true,
    window: 1024,
  },
  {
    name: 'gemma-3-12b',
    architecture: 'gemma3',
    widths: [48, 3840, 15_360, 16, 8, 256, 262_144],
    isTied: true,
    window: 1024,
  },
  {
    name: 'gpt-oss-20b',
    architecture: 'gpt-oss',
    widths: [24, 2880, 2880, 64, 8, 64, 201_088],
    experts: { count: 32, expert: 2880, used: 4 },
    window: 128,
  },
  { name: 'phi-4', architecture: 'phi3', widths: [40, 5120, 17_920, 40, 10, 128, 100_352] },
]

const cardGiB = [4, 6, 8, 10, 12, 16, 24, 48]
/** What a desktop shows takes some of the card, and the driver its part; this much more is left free. */
const desktopMiB = 300
const driverMiB = 457
const headroomMiB = 256
const contextLength = 8192
const batch = 512

/** The rule of thumb that guides and scripts repeat. */
function thumb(giB: number): number {
  if (giB < 6) return 16
  return giB < 12 ? 32 : 48
}

function factsOf({ architecture, widths: list, isTied = false, experts: mixture, window }: Published): ModelFacts {
  const [layers, embedding, feedForward, heads, kvHeads, head, vocabulary] = list
  const widths = { layers, embedding, feedForward, heads, kvHeads, head, vocabulary }
  const storage = architecture === 'gpt-oss' ? mxfp4 : q4_K
  const more: Record<string, MetadataValue> = {
    ...(window ? { 'attention.sliding_window': window } : {}),
    ...(mixture
      ? {
          expert_count: mixture.count,
          expert_used_count: mixture.used,
          expert_feed_forward_length: mixture.expert,
        }
      : {}),
  }
  const layer = (index: number) =>
    mixture
      ? [...attention(index, widths, storage), ...experts(index, widths, storage, mixture)]
      : usualLayer(index, widths, storage)
  return factsFromMetadata({
    modelInfo: decoderMetadata(architecture, widths, storage, more),
    tensors: [...edges(widths, storage, isTied), ...eachLayer(layers, layer)],
    details: { quantization_level: '' },
  })
}

interface Choice {
  /** Layers in all, the output layer among them. */
  all: number
  /** The most that fits. */
  fitting: number
  own: number
  rule: number
}

function choose(facts: ModelFacts, giB: number): Choice {
  const freeVramMiB = 1024 * giB - desktopMiB
  const gpu = { name: '', vendor: 'nvidia', totalVramMiB: 1024 * giB, freeVramMiB, unified: false, source: '' } as const
  const machine = { ...processorAlone, gpus: [gpu] }
  const most = (headroom: number) =>
    maximumLayers({ facts, contextLength, batch, machine, features: newestFeatures, headroomMiB: headroom }).layers
  const all = facts.blockCount + 1
  return { all, fitting: most(0), own: most(headroomMiB), rule: Math.min(all, thumb(giB)) }
}

/** Graphics memory that stays empty although the next layers would fit in it, as a share of what could be used. */
function wastedShare(facts: ModelFacts, layers: number, fitting: number): number {
  const need = (gpuLayers: number) =>
    placeMemory({
      facts,
      features: newestFeatures,
      gpuLayers,
      contextLength,
      batch,
      parallel: 1,
      isMapped: false,
      hasFlashAttention: true,
    }).reduce((sum, { vramMiB }) => sum + vramMiB, 0)
  return fitting === 0 ? 0 : Math.max(0, 1 - need(layers) / need(fitting))
}

/** Prints how many layers each rule puts on cards of several sizes, and how often either is wrong. */
export function printLayers(): void {
  const models = published.map((model) => ({ name: model.name, facts: factsOf(model) }))
  const cases = models.flatMap(({ name, facts }) => cardGiB.map((giB) => ({ name, facts, giB, ...choose(facts, giB) })))
  print(
    `Layers on the GPU at ${contextLength} tokens: Attune / rule of thumb (under 6 GB 16, under 12 GB 32, else 48); ` +
      '! does not fit, = everything.\n',
  )
  printTable(
    models.map(({ name }) => ({
      model: name,
      ...Object.fromEntries(cases.filter((one) => one.name === name).map((one) => [`${one.giB} GB`, cell(one)])),
    })),
  )
  print(
    `\nA card is taken to have all but ${desktopMiB} MiB free; the driver takes ${driverMiB} MiB more, and Attune ` +
      `leaves another ${headroomMiB} MiB. Whether layers fit is judged by the predicted memory.\n`,
  )
  printTable(
    (['own', 'rule'] as const).map((rule) => {
      const fitting = cases.filter((one) => one[rule] <= one.fitting)
      const wasted = fitting.map((one) => wastedShare(one.facts, one[rule], one.fitting))
      return {
        rule: rule === 'own' ? 'Attune' : 'rule of thumb',
        'does not fit': percent(1 - fitting.length / cases.length),
        'leaves out layers that fit': percent(fitting.filter((one) => one[rule] < one.fitting).length / cases.length),
        'memory it leaves empty where it fits': percent(
          wasted.reduce((sum, share) => sum + share, 0) / wasted.length,
          1,
        ),
      }
    }),
  )
}

function cell({ own, rule, fitting, all }: Choice): string {
  const text = (layers: number) => `${layers === all ? '=' : layers}${layers > fitting ? '!' : ''}`
  return `${text(own)} / ${text(rule)}`
}
