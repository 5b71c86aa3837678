import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { createRandom, drawNormal } from '../../../main/search/random.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { metaOf } from '../../bench/record/meta.ts'
import { openRecording, saveRecording } from '../../bench/record/recording.ts'
import type { Recording, Setting } from '../../bench/record/recording.ts'
import { noiseOf, repetitionLines, rowLines } from '../../bench/record/rows.ts'
import { loadsLeft, recordLoads } from '../../bench/record/run.ts'
import type { RecordingRun } from '../../bench/record/run.ts'
import { everyConfiguration, knobsFor, statesToMeasure } from '../../bench/record/space.ts'
import { writeTable } from '../../bench/record/table.ts'
import { loadTables } from '../../bench/tables.ts'
import { machineOf, okOutcome, outOfMemory, problemOf } from '../search/problems.ts'

const folder = mkdtempSync(join(tmpdir(), 'record-'))
afterAll(() => rmSync(folder, { recursive: true }))

const problem = problemOf(machineOf({ cores: { physicalCores: 2, logicalCores: 2, allowedCores: 2 } }))
const setting: Setting = {
  id: 'real-2core-tiny',
  modelName: 'tiny',
  engine: 'an engine',
  machine: problem.machine,
  facts: problem.facts,
  features: problem.features,
  contextLength: 2048,
  workload: { promptTokens: 100, outputTokens: 48 },
  repetitionLimitSeconds: 120,
  knobs: knobsFor(problem.machine, 100),
  loads: 2,
  repetitions: 3,
}
const empty = (): Recording => ({ schemaVersion: 1, setting, loads: [] })

/** Prefill 100 tokens/s a thread, decode 10; large batches do not fit. */
function measured({ num_thread, num_batch }: Configuration, factor = () => 1): TrialOutcome {
  const threads = num_thread === 0 ? 2 : num_thread
  if (num_batch === 128) return outOfMemory
  const outcome = okOutcome(100 * threads, 10 * threads)
  if (outcome.kind !== 'ok') return outcome
  const repetitions = [...outcome.repetitions, ...outcome.repetitions, ...outcome.repetitions].slice(0, 3)
  return {
    ...outcome,
    repetitions: repetitions.map((repetition) => ({
      ...repetition,
      prefillTokensPerSecond: repetition.prefillTokensPerSecond * factor(),
      decodeTokensPerSecond: repetition.decodeTokensPerSecond * factor(),
    })),
  }
}

const run = (overrides: Partial<RecordingRun> = {}): RecordingRun => ({
  measure: (configuration) => Promise.resolve(measured(configuration)),
  save: () => undefined,
  say: () => undefined,
  now: () => 0,
  limitSeconds: 60,
  ...overrides,
})

describe('the space that is recorded', () => {
  it('doubles threads and batches up to every core and the whole prompt', () => {
    const machine = machineOf({ cores: { physicalCores: 6, logicalCores: 12, allowedCores: 12 } })
    expect(knobsFor(machine, 400)).toMatchObject({
      num_thread: [0, 1, 2, 4, 8, 12],
      num_batch: [0, 64, 128, 256, 512],
    })
    expect(knobsFor(machine, 9000).num_batch.at(-1)).toBe(2048)
  })

  it('measures what means the same only once', () => {
    const states = statesToMeasure(setting, setting.knobs)
    expect(everyConfiguration(setting.knobs)).toHaveLength(3 * 3 * 2 * 2)
    expect(states).toHaveLength(2 * 3 * 2 * 2)
    expect(states).toContainEqual(automatic)
  })
})

describe('a recording', () => {
  it('goes on where its time was up, in the same order', async () => {
    const recording = empty()
    const planned = loadsLeft(recording).map(({ configuration }) => configuration)
    let seconds = 0
    const slow = run({
      measure: (configuration) => {
        seconds += 10
        return Promise.resolve(measured(configuration))
      },
      now: () => seconds,
    })
    expect(await recordLoads(recording, slow)).toBe(false)
    expect(recording.loads.length).toBeLessThan(planned.length)
    const path = join(folder, 'broken-off.json')
    saveRecording(path, recording)
    const reopened = openRecording(path, {
      ...setting,
      machine: {
        ...setting.machine,
        memory: { totalMiB: setting.machine.memory.totalMiB, availableMiB: 1, limitMiB: null },
      },
    })
    expect(await recordLoads(reopened, run())).toBe(true)
    expect(reopened.loads.map(({ configuration }) => configuration)).toEqual(planned)
  })

  it('repeats what others disturbed after everything else and keeps none of it', async () => {
    const recording = empty()
    let loads = 0
    const disturbedTwice = run({
      measure: (configuration) =>
        Promise.resolve(++loads <= 2 ? { kind: 'interference', message: 'busy' } : measured(configuration)),
    })
    const planned = loadsLeft(recording).map(({ configuration }) => configuration)
    expect(await recordLoads(recording, disturbedTwice)).toBe(true)
    expect(recording.loads.map(({ configuration }) => configuration)).toEqual([
      ...planned.slice(2),
      ...planned.slice(0, 2),
    ])
  })

  it('ends where the computer does not come to rest', async () => {
    const recording = empty()
    let loads = 0
    const busy = run({
      measure: () => {
        loads += 1
        return Promise.resolve({ kind: 'interference', message: 'busy' })
      },
    })
    expect(await recordLoads(recording, busy)).toBe(false)
    expect(loads).toBeLessThan(10)
    expect(recording.loads).toEqual([])
  })

  it('is not mixed with that of another model or computer', () => {
    const path = join(folder, 'another.json')
    saveRecording(path, empty())
    const other = { ...setting, facts: { ...setting.facts, blockCount: 3 } }
    expect(() => openRecording(path, other)).toThrow(/other circumstances/)
  })
})

describe('the table of a recording', () => {
  it('is read like any other, equal states alike and with what did not fit', async () => {
    const recording = empty()
    await recordLoads(recording, run())
    const target = join(folder, setting.id)
    const files = { meta: metaOf(recording), rows: rowLines(recording), repetitions: repetitionLines(recording) }
    writeTable(target, files, everyConfiguration(setting.knobs))
    const [table] = loadTables(target)
    if (!table) throw new Error('no table')
    expect(table.isMeasured).toBe(true)
    expect(table.row(automatic)?.rates).toEqual({ prefillTokensPerSecond: 200, decodeTokensPerSecond: 20 })
    expect(table.row({ ...automatic, num_thread: 2 })).toEqual(table.row(automatic))
    expect(table.row({ ...automatic, num_thread: 1 })?.rates?.decodeTokensPerSecond).toBe(10)
    expect(table.row({ ...automatic, num_batch: 128 })?.outcome).toBe('oom')
    const { facts, machine } = table.problemOf('chat')
    expect(machine.cpu).toMatchObject({ name: problem.machine.cpu.name, allowedCores: 2 })
    expect(facts).toMatchObject({ blockCount: problem.facts.blockCount, layerBytes: problem.facts.layerBytes })
    const meta: unknown = JSON.parse(readFileSync(join(target, 'meta.json'), 'utf8'))
    expect(meta).toMatchObject({
      default_outcome: 'ok',
      outcomes: { ok: 24, oom: 12 },
      optimum: { chat: { value: expect.any(Number) } },
    })
    const lines = gunzipSync(readFileSync(join(target, 'repetitions.csv.gz')))
      .toString()
      .trim()
      .split('\n')
    expect(lines).toHaveLength(1 + 16 * 2 * 3)
    expect(existsSync(join(target, 'recording.json'))).toBe(false)
  })

  it('tells how far repetitions and loads lie apart', async () => {
    const random = createRandom(7)
    const recording: Recording = { ...empty(), setting: { ...setting, loads: 40 } }
    const noisy = run({
      measure: (configuration) => {
        const load = Math.exp(0.03 * drawNormal(random))
        return Promise.resolve(measured(configuration, () => load * Math.exp(0.05 * drawNormal(random))))
      },
    })
    await recordLoads(recording, noisy)
    const { withinSd, betweenSd } = noiseOf(recording)
    expect(withinSd).toBeCloseTo(0.05, 2)
    expect(betweenSd).toBeCloseTo(0.03, 2)
  })
})
