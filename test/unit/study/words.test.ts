import { describe, expect, it } from 'vitest'
import type { Statement } from '../../../preload/contract/estimate.ts'
import { say } from '../../../main/words/say.ts'
import { studySentences, type StudyCode } from '../../../main/words/study.ts'
import { configurationValues } from '../../../main/study/report/settings-values.ts'
import { configured } from './builders.ts'

/** One value of each name that any fact of a study carries. */
const values: Statement['values'] = {
  ...configurationValues(configured({ num_thread: 4, num_batch: 512, use_mmap: false, num_gpu: 20 })),
  goal: 'chat',
  gain: 12.345,
  low: 8.9,
  high: 15.04,
  needed: 3,
  pairs: 4,
  name: 'num_thread',
  names: 'a:latest, b:latest',
  others: 'num_batch, num_gpu',
  from: 8,
  to: 4,
  fromSpeed: 7.0712,
  toSpeed: 41.234,
  fromMiB: 4000,
  toMiB: 3000,
  usable: 4,
  fast: 4,
  count: 2,
  percent: 12.2,
  repetitions: 0.8,
  studies: 2,
  other: 256,
  of: 40,
  measured: 256,
  full: 1024,
  promptTokens: 300,
  outputTokens: 30,
  contextLength: 512,
  minutes: 15,
  loads: 6,
  load: 1,
  number: 2,
  planned: 3,
  pair: 1,
  neededMiB: 5000,
  availableMiB: 3000,
  asked: 16_384,
  given: 4096,
  cores: 8,
  memoryMiB: 16_384,
  vramMiB: 0,
  trained: 8192,
  condition: 'machine.onBattery',
  found: '2048, 8192',
  missing: 'reportsContextLength, automaticBatch',
  seconds: 3.25,
  coreMiB: 11_000,
  allMiB: 40_000,
}
const codes = Object.keys(studySentences) as StudyCode[]

describe('the sentences of a study', () => {
  it.each(codes)('%s is a whole sentence without gaps', (code) => {
    const { text } = say({ code, values })
    expect(text).toMatch(/^[A-Z0-9].*\.$/)
    expect(text).not.toMatch(/undefined|NaN|null|\[object/)
  })

  it('say figures with three digits and the right number', () => {
    expect(say({ code: 'study.threadsFewer', values }).text).toContain(
      'With 4 threads it writes 41.2 tokens/s, with 8 threads 7.07',
    )
    expect(say({ code: 'study.countFailed', values: { count: 1 } }).text).toMatch(/^1 trial /)
    expect(say({ code: 'study.threadsMore', values: { ...values, from: 'automatic', to: 1 } }).text).toContain(
      'With 1 thread it writes 41.2 tokens/s, with the automatic number of threads 7.07',
    )
  })

  it('call a gain by what it means under each goal, and a loss by its opposite', () => {
    const text = (goal: string, gain: number) =>
      say({ code: 'study.rivalNoBetter', values: { ...values, goal, gain } }).text
    expect(text('chat', 1)).toContain('1% less time per reply')
    expect(text('chat', -2)).toContain('2% more time per reply')
    expect(text('throughput', 1)).toContain('1% more tokens per second')
    expect(text('memory', -1)).toContain('1% more memory')
  })

  it('list only settings that are not automatic', () => {
    const text = (change: Parameters<typeof configured>[0]) =>
      say({ code: 'study.candidateFailed', values: configurationValues(configured(change)) }).text
    expect(text({ num_thread: 4, use_mmap: true })).toContain('(4 processor threads, file mapping on)')
    expect(text({ num_gpu: 1, num_batch: 256 })).toContain('(1 layer on the graphics card, 256 tokens read at once)')
    expect(text({})).toContain('(everything automatic)')
  })
})
