import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { lessonsBetween } from '../../bench/search/transfer.ts'
import { createChance } from '../../bench/simulate/chance.ts'
import { computers } from '../../bench/simulate/computers.ts'
import type { Computer } from '../../bench/simulate/computers.ts'
import { createMemory } from '../../bench/simulate/memory.ts'
import { createSpeeds } from '../../bench/simulate/speed.ts'
import type { Run } from '../../bench/simulate/speed.ts'
import { simulateTable } from '../../bench/simulate/table.ts'
import { loadTables } from '../../bench/tables.ts'
import { machineOf, problemOf } from '../search/problems.ts'

const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Few cores and no card, so that a table is small. */
const plain: Computer = {
  id: 'tiny',
  os: 'linux',
  cpu: { brand: 'simulated tiny', fastCores: 2, slowCores: 0, threadsPerFastCore: 2 },
  memoryMiB: 16_384,
  coreBytesPerSecond: 12e9,
  busBytesPerSecond: 20e9,
  coreOperationsPerSecond: 60e9,
  gpu: null,
  models: [
    { name: 'small', factsOf: 'laptop4c-8gb-3b' },
    { name: 'large', factsOf: 'rtx4060-8gb-lin-8b' },
  ],
}

describe('simulated tables', () => {
  const ids = [1, 2].flatMap((world) => plain.models.map((model) => simulateTable(folder, plain, model, world)))
  const tables = loadTables(folder)
  const rowsOf = (id: string) => readFileSync(join(folder, id, 'rows.csv.gz'))

  it('are lessons for each other where the world and the computer are the same', () => {
    const pairs = lessonsBetween(tables.filter(({ id }) => id.startsWith('sim1')))
    expect(pairs.map(({ shared }) => shared)).toEqual(['whole computer', 'whole computer'])
  })

  it('come out the same again, and differently in another world', () => {
    const [model] = plain.models
    if (!model) throw new Error('no model')
    const [first = '', , otherWorld = ''] = ids
    const before = rowsOf(first)
    simulateTable(folder, plain, model, 1)
    expect(rowsOf(first).equals(before)).toBe(true)
    expect(rowsOf(otherWorld).equals(before)).toBe(false)
  })

  it('say that they are simulated, and have equal rows where configurations mean the same', () => {
    for (const table of tables) {
      expect(table.isMeasured).toBe(false)
      expect(table.row({ ...automatic, num_thread: 2 })).toEqual(table.row(automatic))
      expect(table.row(automatic)?.rates?.decodeTokensPerSecond).toBeGreaterThan(0.5)
      expect(table.row(automatic)?.rates?.decodeTokensPerSecond).toBeLessThan(40)
    }
  })
})

describe('the simulator', () => {
  const computer = computers.find(({ gpu }) => gpu !== null)
  if (!computer?.gpu) throw new Error('no computer with a card')
  const problem = problemOf(machineOf({ gpu: { freeVramMiB: computer.gpu.freeMiB } }))
  const speeds = createSpeeds(
    computer,
    problem.facts,
    { promptTokens: 400, outputTokens: 120 },
    createChance('computer'),
    createChance('model'),
  )
  const run: Run = { layersOnGpu: 0, threads: 6, batch: 512, isMapped: false, hasFlashAttention: true }

  it('decodes the faster the more layers are on the card', () => {
    const rates = [0, 8, 16, 24, 33].map((layersOnGpu) => speeds({ ...run, layersOnGpu }).decodeTokensPerSecond)
    expect(rates).toEqual(rates.toSorted((a, b) => a - b))
  })

  it('reads a prompt faster in large batches, as each fetches what is not on the card', () => {
    const prefill = (batch: number) => speeds({ ...run, layersOnGpu: 16, batch }).prefillTokensPerSecond
    expect(prefill(512)).toBeGreaterThan(1.5 * prefill(64))
  })

  it('lets more threads than cores crawl', () => {
    expect(speeds({ ...run, threads: 14 }).decodeTokensPerSecond).toBeLessThan(
      0.5 * speeds({ ...run, threads: 6 }).decodeTokensPerSecond,
    )
  })

  it('refuses what the card cannot hold', () => {
    const memory = createMemory(computer, problem, createChance('computer'), createChance('model'))
    const at = (num_gpu: number) => memory({ ...automatic, num_gpu })
    expect(at(4).fits).toBe(true)
    expect(at(8).vramMiB).toBeGreaterThan(at(4).vramMiB)
    const large = createMemory(
      { ...computer, gpu: { ...computer.gpu, freeMiB: 3000 } as Computer['gpu'] },
      problem,
      createChance('computer'),
      createChance('model'),
    )
    expect(large({ ...automatic, num_gpu: 33 }).fits).toBe(false)
  })
})
