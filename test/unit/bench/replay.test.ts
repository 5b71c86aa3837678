import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import type { SamplerKind } from '../../../main/search/create-sampler.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { createRandom } from '../../../main/search/random.ts'
import { drawTrial, ownSampler, regretOfSpace, replay } from '../../bench/replay.ts'
import { loadTables } from '../../bench/tables.ts'

const meta = {
  id: 'tiny',
  machine: {
    os: 'linux',
    cpu: { brand: 'test', performanceCores: 4, efficiencyCores: 0, physicalCores: 4, logicalCores: 4, allowedCores: 3 },
    memoryTotalMiB: 16_384,
    memoryAvailableMiB: 14_000,
    gpus: [],
  },
  model: {
    quantization: 'Q4_0',
    block_count: 4,
    embedding_length: 1024,
    head_count: 16,
    head_count_kv: 8,
    key_length: 64,
    value_length: 64,
    feed_forward_length: 2816,
    vocab_size: 8192,
    expert_count: 0,
    expert_used_count: 0,
    layerBytes: 6e6,
    outputBytes: 4e6,
    tokenEmbeddingBytes: 4e6,
  },
  workload: { prompt_tokens: 400, output_tokens: 100, num_ctx: 4096, repetition_limit_s: 60 },
  noise: { within_load_sd_log: 0, between_load_sd_log: 0, drift_fraction: 0, drift_time_constant_s: 1 },
  knobs: { num_thread: [0, 2, 3], num_batch: [0, 64], use_mmap: ['default'] },
}
// Turns: 0/0 (4 threads on 3 allowed cores) 4.112 + 10 s, 3/0 2.075 + 8 s; 2/0 never loads, 2/64 crawls.
const rows = `num_thread,num_batch,use_mmap,outcome,load_s,ttft_s,prefill_tps,decode_tps,ram_mib,vram_mib
0,0,default,ok,5,,100,10,500,0
3,0,default,ok,5,,200,12.5,500,0
2,0,default,oom,3,,,,,
0,64,default,ok,5,,80,10,450,0
3,64,default,ok,5,,150,12.5,450,0
2,64,default,timeout,4,,10,1,450,0
`

const directory = mkdtempSync(join(tmpdir(), 'tables-'))
mkdirSync(join(directory, 'tiny'))
writeFileSync(join(directory, 'tiny', 'meta.json'), JSON.stringify(meta))
writeFileSync(join(directory, 'tiny', 'rows.csv.gz'), gzipSync(rows))
afterAll(() => rmSync(directory, { recursive: true }))
const [table] = loadTables(directory)
if (!table) throw new Error('the tiny table was not found')

const turn = 400 / 100 + 1 / 10 + 0.012 + 100 / 10
const bestTurn = 400 / 200 + 1 / 12.5 + 0.012 + 100 / 12.5

describe('a table', () => {
  it('knows its optimum by objective', () => {
    expect(table.optimum('chat')).toBeCloseTo(bestTurn, 9)
    expect(table.optimum('memory')).toBe(450)
  })

  it('shows a method what it may see, values allowed by the knobs included', () => {
    const problem = table.problemOf('chat')
    expect(problem.allowedValues).toEqual({ num_thread: [0, 2, 3], num_batch: [0, 64], use_mmap: [null] })
    expect(problem.machine.cpu.allowedCores).toBe(3)
  })
})

describe('drawTrial', () => {
  const draw = (more: object, abandonAbove: number | null = null) =>
    drawTrial(table, { ...automatic, ...more }, createRandom(1), 0, abandonAbove)

  it('charges the load and three turns', () => {
    const { outcome, paid } = draw({})
    expect(paid).toBeCloseTo(5 + 3 * turn, 9)
    expect(outcome.kind === 'ok' && outcome.repetitions).toHaveLength(3)
  })

  it('charges the load alone when memory runs out', () => {
    expect(draw({ num_thread: 2 })).toMatchObject({ outcome: { kind: 'outOfMemory' }, paid: 3 })
  })

  it('charges the limit when a repetition takes too long', () => {
    expect(draw({ num_thread: 2, num_batch: 64 })).toMatchObject({ outcome: { kind: 'timeout' }, paid: 64 })
  })

  it('charges a hopeless trial up to the token at which it is given up', () => {
    const { outcome, paid } = draw({}, 10)
    expect(paid).toBeCloseTo(5 + 4.112 + 1.6, 9)
    expect(outcome).toMatchObject({ kind: 'ok', stoppedEarly: true })
  })
})

describe('replay', () => {
  const run = (goal: GoalKind, kind: SamplerKind, seed: number, trials: number) =>
    replay(table, goal, ownSampler(table, goal, kind, seed, trials), seed, trials)

  it('finds the best row, starting from the default and its regret', async () => {
    const { checkpoints } = await run('chat', 'bayes', 1, 6)
    expect(checkpoints[0]?.regretPercent).toBeCloseTo((turn / bestTurn - 1) * 100, 9)
    expect(checkpoints.at(-1)?.regretPercent).toBe(0)
    expect(checkpoints.at(-1)?.worseThanDefaultPercent).toBeCloseTo((bestTurn / turn - 1) * 100, 9)
  })

  it('keeps the last checkpoint for the trials that a search did without', async () => {
    const { checkpoints, askMilliseconds } = await run('chat', 'rules', 1, 30)
    expect(checkpoints).toHaveLength(30)
    expect(askMilliseconds.length).toBeLessThan(30)
    expect(checkpoints.at(-1)).toEqual({ ...checkpoints[askMilliseconds.length - 2], trials: 30 })
  })

  it('is the same for the same seed', async () => {
    const checkpoints = async () => (await run('throughput', 'random', 4, 5)).checkpoints
    expect(await checkpoints()).toEqual(await checkpoints())
  })

  it('knows what the space costs before any sampler', () => {
    expect(regretOfSpace(table, 'chat')).toBe(0)
  })
})
