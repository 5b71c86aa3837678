/**
 * Records tables of this computer: every configuration of a small space is loaded and measured as the app does it, by
 * the built-in engine, and written in the format of ../tables/README.md.
 *
 *     npm run bench:record -- --out DIR [--model practice,wide,PATH.gguf] [--loads 2] [--minutes N]
 *
 * `practice` is the practice model, `wide` one of random weights in another shape. What was measured is kept after
 * every load in DIR, so that the same command goes on where it was broken off, or where `--minutes` were up. The
 * computer must be quiet: loads that other programs disturb are repeated, and too many of them end the recording.
 * The exit code is 1 while a table is not complete.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { getModuleVersion } from 'node-llama-cpp'
import { z } from 'zod'
import { createEngine } from '../../main/engine/launcher.ts'
import { createEngineLibrary } from '../../main/engine/library-client.ts'
import { watchesOf } from '../../main/handlers/own-computer.ts'
import { profileMachine, toolLimitSeconds } from '../../main/hardware/profile.ts'
import { realSources } from '../../main/hardware/sources.ts'
import { createProcessorWatch } from '../../main/measure/processor-watch.ts'
import { measureTrial } from '../../main/measure/trial.ts'
import { createDaemonClient } from '../../main/ollama/client.ts'
import { systemClock } from '../../main/ollama/clock.ts'
import type { Daemon } from '../../main/ollama/daemon.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import { print } from './printing.ts'
import { metaOf } from './record/meta.ts'
import { openModel } from './record/models.ts'
import type { OpenedModel } from './record/models.ts'
import { openRecording, saveRecording } from './record/recording.ts'
import type { Setting } from './record/recording.ts'
import { repetitionLines, rowLines } from './record/rows.ts'
import { recordLoads } from './record/run.ts'
import { everyConfiguration, knobsFor } from './record/space.ts'
import { writeTable } from './record/table.ts'

const workload = { promptTokens: 400, outputTokens: 48 }
const contextLength = 2048
const repetitions = 3
const loadLimitSeconds = 600
const repetitionLimitSeconds = 120

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    model: { type: 'string', default: 'practice' },
    loads: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '600' },
  },
})
const options = z
  .object({ out: z.string(), model: z.string(), loads: z.coerce.number().int().positive(), minutes: z.coerce.number() })
  .parse(values)

const dataFolder = join(options.out, '.engine')
const engine = createEngine({ dataFolder })
const processorWatch = createProcessorWatch(() => ({ names: [], rootPid: engine.pid }))
const { conditionsWatch = null, graphicsMemoryWatch = null } = watchesOf(process.platform)
const endsAtSeconds = systemClock.now() + 60 * options.minutes
let areComplete = true
try {
  const daemon = createDaemonClient({ kind: 'builtIn', url: await engine.start() })
  for (const wanted of options.model.split(',')) {
    const model = await openModel(createEngineLibrary({ dataFolder, engine }), join(options.out, '.models'), wanted)
    areComplete = (await record(daemon, model)) && areComplete
  }
} finally {
  await engine.stop()
}
if (areComplete)
  for (const folder of ['.engine', '.models']) rmSync(join(options.out, folder), { recursive: true, force: true })
else process.exitCode = 1

/** Records one table; true once it is complete. */
async function record(daemon: Daemon, model: OpenedModel): Promise<boolean> {
  const setting = await settingOf(daemon, model)
  const folder = join(options.out, setting.id)
  if (existsSync(join(folder, 'meta.json'))) {
    print(`${setting.id} is complete already.`)
    return true
  }
  const path = join(folder, 'recording.json')
  const recording = openRecording(path, setting)
  print(`\n${setting.id}: ${setting.machine.cpu.name}, ${setting.engine}`)
  const isComplete = await recordLoads(recording, {
    measure: (configuration) => measure(daemon, model, setting, configuration),
    save: (changed) => saveRecording(path, changed),
    say: print,
    now: () => systemClock.now(),
    limitSeconds: endsAtSeconds - systemClock.now(),
  })
  if (!isComplete) return false
  const files = { meta: metaOf(recording), rows: rowLines(recording), repetitions: repetitionLines(recording) }
  writeTable(folder, files, everyConfiguration(recording.setting.knobs))
  rmSync(path)
  return true
}

async function settingOf(daemon: Daemon, { name, tag }: OpenedModel): Promise<Setting> {
  const machine = await profileMachine(realSources(toolLimitSeconds))
  const { facts } = await daemon.showModel(tag)
  return {
    id: `real-${machine.cpu.logicalCores}core-${name}`,
    modelName: name,
    engine: `Attune's built-in engine, node-llama-cpp ${await getModuleVersion()}`,
    machine,
    facts,
    features: (await daemon.version()).features,
    contextLength,
    workload,
    repetitionLimitSeconds,
    knobs: knobsFor(machine, workload.promptTokens),
    loads: options.loads,
    repetitions,
  }
}

function measure(daemon: Daemon, { tag }: OpenedModel, { features }: Setting, configuration: Configuration) {
  return measureTrial({
    daemon,
    model: tag,
    configuration,
    baseParameters: {},
    features,
    contextLength,
    workload,
    repetitions: { minimum: repetitions, maximum: repetitions, targetRelativeError: 0 },
    abandonAboveTurnSeconds: null,
    limits: { loadSeconds: loadLimitSeconds, repetitionSeconds: repetitionLimitSeconds },
    expectations: null,
    processorWatch,
    conditionsWatch,
    graphicsMemoryWatch,
    memoryGuard: null,
    clock: systemClock,
    random: Math.random,
    onActivity: () => undefined,
    signal: new AbortController().signal,
  })
}
