import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { GoalKind, Workload } from '../../preload/contract/goal.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import { automatic } from '../../preload/contract/model.ts'
import type { Configuration, ModelFacts } from '../../preload/contract/model.ts'
import { predictMemory } from '../../main/models/memory.ts'
import { objectiveCost, turnSeconds } from '../../main/search/objective.ts'
import type { Problem } from '../../main/search/types.ts'

/** One configuration's recorded means; rates are null where the load failed. */
export interface Row {
  outcome: 'ok' | 'oom' | 'spill' | 'timeout'
  loadSeconds: number
  rates: { prefillTokensPerSecond: number; decodeTokensPerSecond: number } | null
  ramMiB: number
  vramMiB: number
  withinSd: number
  betweenSd: number
}

/** One machine with one model: everything a replay needs, apart from what a method may see (`problemOf`). */
export interface Table {
  id: string
  workload: Workload
  repetitionLimitSeconds: number
  drift: { fraction: number; timeConstantSeconds: number }
  /** The row of a configuration; undefined where it was not measured. */
  row(configuration: Configuration): Row | undefined
  problemOf(goal: GoalKind): Problem
  /** Best table mean of the objective among rows that ran, as a cost to minimise. */
  optimum(goal: GoalKind): number
}

const gpuSchema = z.object({
  vendor: z.string(),
  model: z.string(),
  vramMiB: z.number(),
  vramFreeMiB: z.number(),
  unified: z.boolean(),
})
const metaSchema = z.object({
  id: z.string(),
  machine: z.object({
    os: z.enum(['linux', 'darwin', 'win32']),
    cpu: z.object({
      brand: z.string(),
      performanceCores: z.number(),
      efficiencyCores: z.number(),
      physicalCores: z.number(),
      logicalCores: z.number(),
      allowedCores: z.number(),
    }),
    memoryTotalMiB: z.number(),
    memoryAvailableMiB: z.number(),
    gpus: z.array(gpuSchema),
  }),
  model: z.object({
    architecture: z.string().default('llama'),
    quantization: z.string(),
    block_count: z.number(),
    embedding_length: z.number(),
    head_count: z.number(),
    head_count_kv: z.union([z.number(), z.array(z.number())]),
    key_length: z.number(),
    value_length: z.number(),
    feed_forward_length: z.number(),
    vocab_size: z.number(),
    expert_count: z.number(),
    expert_used_count: z.number(),
    sliding_window: z.number().nullish(),
    layerBytes: z.number(),
    layerBytesEach: z.array(z.number()).optional(),
    outputBytes: z.number(),
    tokenEmbeddingBytes: z.number(),
    totalBytes: z.number().optional(),
  }),
  workload: z.object({
    prompt_tokens: z.number(),
    output_tokens: z.number(),
    num_ctx: z.number(),
    repetition_limit_s: z.number().default(Infinity),
  }),
  noise: z.object({
    within_load_sd_log: z.number(),
    between_load_sd_log: z.number(),
    drift_fraction: z.number(),
    drift_time_constant_s: z.number(),
  }),
  knobs: z.record(z.string(), z.array(z.union([z.number(), z.string()]))),
})
type Meta = z.infer<typeof metaSchema>

const architectures = { linux: 'x64', win32: 'x64', darwin: 'arm64' } as const
const vendors: Record<string, MachineProfile['gpus'][number]['vendor']> = {
  NVIDIA: 'nvidia',
  AMD: 'amd',
  Intel: 'intel',
  Apple: 'apple',
}

/** Loads every table folder below `directory`, or the folder itself when it is a table. */
export function loadTables(directory: string): Table[] {
  const names = readdirSync(directory, { withFileTypes: true })
  if (names.some(({ name }) => name === 'meta.json')) return [loadTable(directory)]
  return names
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => loadTable(join(directory, name)))
    .toSorted((a, b) => a.id.localeCompare(b.id))
}

function loadTable(directory: string): Table {
  const meta = metaSchema.parse(JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8')))
  const rows = readRows(meta, gunzipSync(readFileSync(join(directory, 'rows.csv.gz'))).toString('utf8'))
  const workload = { promptTokens: meta.workload.prompt_tokens, outputTokens: meta.workload.output_tokens }
  const row = (configuration: Configuration) => rows.get(rowKey(meta, columnsOf(configuration)))
  const costOf = (goal: GoalKind, { rates, ramMiB, vramMiB }: Row) =>
    rates ? meanCost(goal, workload, rates, { ramMiB, vramMiB }) : Infinity
  const problem = problemFrom(meta, workload)
  return {
    id: meta.id,
    workload,
    repetitionLimitSeconds: meta.workload.repetition_limit_s,
    drift: { fraction: meta.noise.drift_fraction, timeConstantSeconds: meta.noise.drift_time_constant_s },
    row,
    problemOf: (goal) => ({ ...problem, goal }),
    optimum(goal) {
      const usual = row(automatic)
      const limit = goal === 'memory' && usual?.rates ? 1.1 * costOf('chat', usual) : Infinity
      const admissible = [...rows.values()].filter((r) => r.outcome === 'ok' && costOf('chat', r) <= limit)
      return Math.min(...admissible.map((r) => costOf(goal, r)))
    },
  }
}

/** The objective of table means, as tables/README.md defines it. */
export function meanCost(
  goal: GoalKind,
  workload: Workload,
  rates: NonNullable<Row['rates']>,
  memory: { ramMiB: number; vramMiB: number },
): number {
  const { prefillTokensPerSecond, decodeTokensPerSecond } = rates
  const ttftSeconds = workload.promptTokens / prefillTokensPerSecond + 1 / decodeTokensPerSecond + 0.012
  return objectiveCost(goal, { ttftSeconds, decodeTokensPerSecond, memory }, workload)
}

/** Turn seconds of table means. */
export function meanTurnSeconds(workload: Workload, rates: NonNullable<Row['rates']>): number {
  const { prefillTokensPerSecond, decodeTokensPerSecond } = rates
  const ttftSeconds = workload.promptTokens / prefillTokensPerSecond + 1 / decodeTokensPerSecond + 0.012
  return turnSeconds({ ttftSeconds, decodeTokensPerSecond }, workload)
}

/** Column texts of a configuration. */
function columnsOf({
  num_gpu,
  num_thread,
  num_batch,
  use_mmap,
  flash_attention,
}: Configuration): Record<string, string> {
  return {
    num_gpu: String(num_gpu),
    num_thread: String(num_thread),
    num_batch: String(num_batch),
    use_mmap: use_mmap === null ? 'default' : String(use_mmap),
    flash_attention: flash_attention === null ? 'default' : flash_attention ? 'on' : 'off',
  }
}

function rowKey(meta: Meta, columns: Record<string, string>): string {
  return Object.keys(meta.knobs)
    .map((name) => columns[name])
    .join(',')
}

function readRows(meta: Meta, text: string): Map<string, Row> {
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const names = header.split(',')
  const rows = new Map<string, Row>()
  for (const line of lines) {
    const cells = line.split(',')
    const columns = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
    const number = (name: string) => (columns[name] ? Number(columns[name]) : null)
    const prefill = number('prefill_tps')
    const decode = number('decode_tps')
    rows.set(rowKey(meta, columns), {
      outcome: z.enum(['ok', 'oom', 'spill', 'timeout']).parse(columns['outcome']),
      loadSeconds: number('load_s') ?? 0,
      rates: prefill && decode ? { prefillTokensPerSecond: prefill, decodeTokensPerSecond: decode } : null,
      ramMiB: number('ram_mib') ?? 0,
      vramMiB: number('vram_mib') ?? 0,
      withinSd: number('sd_within') ?? meta.noise.within_load_sd_log,
      betweenSd: number('sd_between') ?? meta.noise.between_load_sd_log,
    })
  }
  return rows
}

function problemFrom(meta: Meta, workload: Workload): Omit<Problem, 'goal'> {
  const { machine, knobs } = meta
  const profile: MachineProfile = {
    os: { platform: machine.os, name: machine.os, release: '' },
    cpu: {
      name: machine.cpu.brand,
      architecture: architectures[machine.os],
      sockets: 1,
      physicalCores: machine.cpu.physicalCores,
      performanceCores: machine.cpu.performanceCores,
      efficiencyCores: machine.cpu.efficiencyCores,
      logicalCores: machine.cpu.logicalCores,
      allowedCores: machine.cpu.allowedCores,
    },
    memory: { totalMiB: machine.memoryTotalMiB, availableMiB: machine.memoryAvailableMiB, limitMiB: null },
    gpus: machine.gpus.map((gpu) => ({
      name: gpu.model,
      vendor: vendors[gpu.vendor] ?? 'other',
      totalVramMiB: gpu.vramMiB,
      freeVramMiB: gpu.vramFreeMiB,
      unified: gpu.unified,
      source: 'table',
    })),
    otherGraphics: [],
    power: { source: 'unknown', batteryPercent: null },
  }
  const facts = factsFrom(meta)
  const features = {
    reportsContextLength: true,
    automaticBatch: true,
    outputLayerFirst: true,
    flashAttentionOption: 'flash_attention' in knobs,
  }
  const contextLength = meta.workload.num_ctx
  const numbers = (name: string) => (knobs[name] ? { [name]: knobs[name].map(Number) } : {})
  return {
    machine: profile,
    facts,
    features,
    workload,
    contextLength,
    baseline: automatic,
    allowedValues: {
      ...numbers('num_gpu'),
      ...numbers('num_thread'),
      ...numbers('num_batch'),
      ...(knobs['use_mmap'] ? { use_mmap: knobs['use_mmap'].map(switchOf) } : {}),
      ...(knobs['flash_attention'] ? { flash_attention: knobs['flash_attention'].map(switchOf) } : {}),
    },
    predictMemory: (configuration) =>
      predictMemory({ facts, configuration, contextLength, machine: profile, features }),
  }
}

function switchOf(text: number | string): boolean | null {
  return text === 'default' ? null : text === 'true' || text === 'on'
}

function factsFrom({ model, workload }: Meta): ModelFacts {
  const layerBytes = model.layerBytesEach ?? Array.from({ length: model.block_count }, () => model.layerBytes)
  const perLayer = model.head_count_kv
  return {
    architecture: model.architecture,
    parameterCount: 0,
    quantization: model.quantization,
    blockCount: model.block_count,
    trainedContextLength: Math.max(131_072, workload.num_ctx),
    embeddingLength: model.embedding_length,
    feedForwardLength: model.feed_forward_length,
    headCount: model.head_count,
    headCountKv: typeof perLayer === 'number' ? layerBytes.map(() => perLayer) : perLayer,
    keyLength: model.key_length,
    valueLength: model.value_length,
    slidingWindow: model.sliding_window ?? null,
    vocabularySize: model.vocab_size,
    expertCount: model.expert_count,
    expertUsedCount: model.expert_used_count,
    layerBytes,
    outputBytes: model.outputBytes,
    tokenEmbeddingBytes: model.tokenEmbeddingBytes,
    projectorBytes: 0,
    totalBytes:
      model.totalBytes ?? layerBytes.reduce((a, b) => a + b, 0) + model.outputBytes + model.tokenEmbeddingBytes,
  }
}
