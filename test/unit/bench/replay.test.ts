import { afterAll, describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import type { SamplerKind } from '../../../main/search/create-sampler.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { createRandom } from '../../../main/search/random.ts'
import { drawTrial, ownSampler, regretOfSpace, replay } from '../../bench/replay.ts'
import { loadTables } from '../../bench/tables.ts'
import { tableFolders } from './tiny-table.ts'

const folders = tableFolders()
folders.add('tiny')
afterAll(folders.remove)
const [table] = loadTables(folders.directory)
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

  it('charges a short trial for what it asks for', () => {
    const fidelity = { repetitions: 1, outputTokens: 50 }
    const { outcome, paid } = drawTrial(table, { ...automatic }, createRandom(1), 0, null, fidelity)
    expect(paid).toBeCloseTo(5 + 4.112 + 5, 9)
    expect(outcome).toMatchObject({ kind: 'ok', stoppedEarly: false, repetitions: [{ outputTokens: 50 }] })
  })

  it('charges a hopeless trial up to the token at which it is given up', () => {
    const { outcome, paid } = draw({}, 10)
    expect(paid).toBeCloseTo(5 + 4.112 + 1.6, 9)
    expect(outcome).toMatchObject({ kind: 'ok', stoppedEarly: true })
  })
})

describe('replay', () => {
  const run = (goal: GoalKind, kind: SamplerKind, seed: number, trials: number) =>
    replay(table, goal, ownSampler(table, goal, kind, seed, trials, 'thorough'), seed, trials)

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
