import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { automatic, parameterNames } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { engineState } from '../../../main/search/engine-state.ts'
import { everyConfiguration, textsOfKnobs } from '../record/space.ts'
import type { Knobs } from '../record/space.ts'
import { writeTable } from '../record/table.ts'
import { parseMeta, readMeta } from '../tables/meta.ts'
import { problemFrom } from '../tables/problem.ts'
import { textsOf } from '../tables/rows.ts'
import { createChance } from './chance.ts'
import type { Computer, SimulatedModel } from './computers.ts'
import { createMemory } from './memory.ts'
import { simulateProbe } from './probe.ts'
import { createSpeeds } from './speed.ts'

const recordedTables = fileURLToPath(new URL('../../tables', import.meta.url))
const workload = { promptTokens: 400, outputTokens: 120 }
const contextLength = 4096
const repetitionLimitSeconds = 600
const batches = [0, 64, 128, 256, 512, 1024, 2048]
const rowColumns = 'outcome,load_s,prefill_tps,decode_tps,ram_mib,vram_mib,vram_free_mib'

/**
 * Simulates every configuration of a model on a computer, writes the table and tells its name. `world` decides all
 * chance: in another one, computers of the same data sheet differ, and so does what models make of them.
 */
export function simulateTable(directory: string, computer: Computer, model: SimulatedModel, world: number): string {
  const id = `sim${world}-${computer.id}-${model.name}`
  const known = readMeta(join(recordedTables, model.factsOf, 'meta.json')).model
  const knobs = knobsOf(computer, known.block_count + 1)
  const meta = {
    id,
    source: `simulated by Attune (npm run bench:simulate), world ${world}: a roofline with chance bends, not measured`,
    machine: machineOf(computer, world),
    probe: simulateProbe(computer, coresOf(computer).logical, createChance(`${world}/${computer.id}`)),
    model: { name: model.name, ...known },
    workload: {
      prompt_tokens: workload.promptTokens,
      output_tokens: workload.outputTokens,
      num_ctx: contextLength,
      repetition_limit_s: repetitionLimitSeconds,
    },
    noise: noiseOf(computer),
    knobs: textsOfKnobs(knobs),
    default: textsOf(automatic),
  }
  const configurations = everyConfiguration(knobs)
  const rowOf = createRows(computer, model, world, problemFrom(parseMeta(meta, id), workload))
  const rows = [`${parameterNames.join(',')},${rowColumns}`, ...configurations.map(rowOf)]
  writeTable(join(directory, id), { meta, rows }, configurations)
  return id
}

/** Lines of `rows.csv`. */
function createRows(
  computer: Computer,
  model: SimulatedModel,
  world: number,
  problem: ReturnType<typeof problemFrom>,
): (configuration: Configuration) => string {
  const ofComputer = createChance(`${world}/${computer.id}`)
  const ofModel = createChance(`${world}/${computer.id}/${model.name}`)
  const speedsOf = createSpeeds(computer, problem.facts, workload, ofComputer, ofModel)
  const memoryOf = createMemory(computer, problem, ofComputer, ofModel)
  const diskBytesPerSecond = ofComputer.between('disk', 0.8e9, 3e9)
  return (configuration) => {
    const texts = textsOf(configuration)
    const { layersOnGpu, fits, ramMiB, vramMiB, freeVramMiB } = memoryOf(configuration)
    const { threads, batch, isMapped, hasFlashAttention } = engineState(problem, configuration)
    const loadSeconds = (1.5 + problem.facts.totalBytes / diskBytesPerSecond) * (isMapped ? 0.7 : 1)
    const start = [...parameterNames.map((name) => texts[name] ?? ''), fits ? 'ok' : 'oom', loadSeconds.toFixed(2)]
    if (!fits) return [...start, '', '', '', '', ''].join(',')
    const rates = speedsOf({ layersOnGpu, threads, batch, isMapped, hasFlashAttention })
    const speeds = [rates.prefillTokensPerSecond.toFixed(3), rates.decodeTokensPerSecond.toFixed(4)]
    return [...start, ...speeds, ramMiB, vramMiB, freeVramMiB ?? ''].join(',')
  }
}

/** Layers where there is a card, threads up to every logical core, and both switches. */
function knobsOf(computer: Computer, totalLayers: number): Knobs {
  const { logical } = coresOf(computer)
  return {
    num_gpu: computer.gpu ? Array.from({ length: totalLayers + 2 }, (_, i) => i - 1) : [-1],
    num_thread: Array.from({ length: logical + 1 }, (_, i) => i),
    num_batch: batches,
    use_mmap: [null, true, false],
    flash_attention: [null, false],
  }
}

function coresOf({ cpu }: Computer) {
  const physical = cpu.fastCores + cpu.slowCores
  return { physical, logical: cpu.fastCores * cpu.threadsPerFastCore + cpu.slowCores }
}

/** Named by its world too: another one's computer of the same data sheet is another computer. */
function machineOf(computer: Computer, world: number) {
  const { cpu, gpu, memoryMiB } = computer
  const { physical, logical } = coresOf(computer)
  return {
    os: computer.os,
    cpu: {
      brand: `${cpu.brand} ${world}`,
      performanceCores: cpu.fastCores,
      efficiencyCores: cpu.slowCores,
      physicalCores: physical,
      logicalCores: logical,
      allowedCores: logical,
    },
    memoryTotalMiB: memoryMiB,
    memoryAvailableMiB: 0.85 * memoryMiB,
    gpus: gpu
      ? [{ vendor: 'nvidia', model: gpu.brand, vramMiB: gpu.vramMiB, vramFreeMiB: gpu.freeMiB, unified: false }]
      : [],
  }
}

/** Processors are noisier than graphics cards, and laptops without one become warm. */
function noiseOf({ gpu }: Computer) {
  return gpu
    ? { within_load_sd_log: 0.01, between_load_sd_log: 0.008, drift_fraction: 0.01, drift_time_constant_s: 300 }
    : { within_load_sd_log: 0.025, between_load_sd_log: 0.015, drift_fraction: 0.03, drift_time_constant_s: 300 }
}
