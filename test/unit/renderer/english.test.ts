import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { english } from '../../../renderer/text/english.ts'
import { createFormat } from '../../../renderer/text/format.ts'

const words = english(createFormat('en'))
describe('settings in words', () => {
  it('name only what is set', () => {
    expect(words.parameters.summary(automatic)).toBe('Everything automatic')
    expect(words.parameters.summary({ ...automatic, num_gpu: 1, num_thread: 8 })).toBe(
      '1 layer on the graphics card, 8 threads',
    )
  })

  it('tell an explicit 0 layers from letting the daemon decide', () => {
    expect(words.parameters.valueOf('num_gpu', 0)).toBe('0')
    expect(words.parameters.valueOf('num_gpu', -1)).toBe('automatic')
    expect(words.parameters.valueOf('use_mmap', false)).toBe('read into memory')
    expect(words.parameters.valueOf('use_mmap', null)).toBe('automatic')
  })

  it('leave names alone that they do not know', () => {
    expect(words.parameters.nameOf('num_ctx')).toBe('num_ctx')
    expect(words.parameters.nameOf('toString')).toBe('toString')
    expect(words.parameters.nameOf('num_thread')).toBe('Processor threads')
  })
})

describe('the processor in words', () => {
  const cpu = {
    name: 'CPU',
    architecture: 'x64',
    sockets: 1,
    physicalCores: 8,
    performanceCores: 8,
    efficiencyCores: 0,
    logicalCores: 16,
    allowedCores: 16,
  } as const

  it('counts cores and threads', () => {
    expect(words.computer.cores(cpu)).toBe('8 cores, 16 threads')
    expect(words.computer.cores({ ...cpu, physicalCores: 1, logicalCores: 1, allowedCores: 1 })).toBe('1 core')
  })

  it('tells fast cores from efficient ones and says what a container allows', () => {
    const hybrid = { ...cpu, performanceCores: 4, efficiencyCores: 8, physicalCores: 12, allowedCores: 2 }
    expect(words.computer.cores(hybrid)).toBe('4 fast and 8 efficient cores, 16 threads. 2 may be used here')
  })
})

describe('the time on the run screen', () => {
  it('moves in steps of five seconds and ends with “almost done”', () => {
    expect(words.run.times(13.4, 48.2)).toBe('10 seconds so far, about 50 seconds left')
    expect(words.run.times(130, 4)).toBe('2 minutes so far, almost done')
    expect(words.run.times(130, null)).toBe('2 minutes so far')
  })
})
