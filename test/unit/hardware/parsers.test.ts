import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCpuMax, parseMemberships, pathsToRoot } from '../../../main/hardware/cgroup.ts'
import { parseLibraryCpu } from '../../../main/hardware/processor/cpu.ts'
import { isVirtualModel } from '../../../main/hardware/environment.ts'
import { isIntegrated, vendorOf } from '../../../main/hardware/graphics/adapters.ts'
import { parseRocmSmi } from '../../../main/hardware/graphics/amd.ts'
import { parseLibraryGraphics } from '../../../main/hardware/graphics/listing.ts'
import { usableGraphicsMiB } from '../../../main/hardware/graphics/metal.ts'
import { parseNvidiaSmi } from '../../../main/hardware/graphics/nvidia.ts'
import { parseOsRelease } from '../../../main/hardware/operating-system.ts'
import { withKnownKinds } from '../../../main/hardware/processor/known-hybrids.ts'
import {
  arrangeCores,
  countCores,
  parseAffinity,
  parseCpuinfo,
  tidyCpuName,
} from '../../../main/hardware/processor/linux-cpu.ts'
import { parseSysctl } from '../../../main/hardware/macos.ts'
import { limitMemory, parseMeminfo } from '../../../main/hardware/memory.ts'
import { judgePower, parsePmset } from '../../../main/hardware/power.ts'
import { parseCpuList, parseJsonObject, parseKeyValues, parseWholeNumber } from '../../../main/hardware/text.ts'
import { parseWindowsFacts } from '../../../main/hardware/windows.ts'
import { machineProfileSchema } from '../../../preload/contract/machine.ts'
import { nonsense } from './nonsense.ts'

const seed = { seed: 20_260_101, numRuns: 400 }
const powerSchema = machineProfileSchema.shape.power

describe('a list of processors', () => {
  it('is read in the kernel’s notation', () => {
    expect(parseCpuList('0-3,8,10-11\n')).toEqual([0, 1, 2, 3, 8, 10, 11])
  })

  it('is empty for nonsense, and leaves broken members out', () => {
    expect(parseCpuList('(null)')).toEqual([])
    expect(parseCpuList('x,2,5-')).toEqual([2])
  })

  it('comes back from any set that is written down', () => {
    const sets = fc.uniqueArray(fc.nat(512), { minLength: 1 })
    fc.assert(
      fc.property(sets, (set) => {
        const sorted = [...set].sort((a, b) => a - b)
        expect(parseCpuList(set.join(','))).toEqual(sorted)
      }),
      seed,
    )
  })
})

describe('a control group', () => {
  it('grants quota divided by period', () => {
    expect(parseCpuMax('250000 100000\n')).toBe(2.5)
    expect(parseCpuMax('max 100000')).toBeNull()
    expect(parseCpuMax(null)).toBeNull()
  })

  it('is looked for at its path and everywhere above', () => {
    expect(pathsToRoot('/docker/abc')).toEqual(['/docker/abc', '/docker', ''])
    expect(pathsToRoot('/')).toEqual([''])
    expect(pathsToRoot('/../../init.scope')).toEqual(['/init.scope', ''])
  })

  it('is listed with its controllers, none for version 2', () => {
    expect(parseMemberships('4:cpu,cpuacct:/a\n0::/b:c\nnonsense')).toEqual([
      { controllers: ['cpu', 'cpuacct'], path: '/a' },
      { controllers: [], path: '/b:c' },
    ])
  })

  it('limits memory only below what the computer has', () => {
    const system = { totalBytes: 8 * 2 ** 30, availableBytes: 6 * 2 ** 30 }
    const limits = (limitBytes: number) => ({
      cpuQuota: null,
      cpuset: null,
      memory: [{ limitBytes, usedBytes: 2 ** 30 }],
    })
    expect(limitMemory(system, limits(2 ** 62))).toEqual({ totalMiB: 8192, availableMiB: 6144, limitMiB: null })
    expect(limitMemory(system, limits(2 ** 31))).toEqual({ totalMiB: 8192, availableMiB: 1024, limitMiB: 2048 })
  })
})

describe('cores', () => {
  const noKinds = { core: [], atom: [], lowPower: [] }
  const cpu = (index: number, capacity: number | null) => ({
    index,
    siblings: [index],
    package: 0,
    capacity,
    maximumFrequencyKHz: null,
  })

  it('are all alike where the capacities hardly differ', () => {
    const counts = countCores([cpu(0, 1024), cpu(1, 1024), cpu(2, 980)], noKinds)
    expect(counts).toMatchObject({ performanceCores: 3, efficiencyCores: 0 })
  })

  it('are told apart by capacity on ARM, three kinds included', () => {
    const cpus = [cpu(0, 280), cpu(1, 280), cpu(2, 870), cpu(3, 1024)]
    expect(countCores(cpus, noKinds)).toMatchObject({ performanceCores: 2, efficiencyCores: 2 })
  })

  it('of three kinds on ARM are fast, efficient and of low power', () => {
    const cpus = [cpu(0, 250), cpu(1, 250), cpu(2, 780), cpu(3, 780), cpu(4, 1024)]
    expect(countCores(cpus, noKinds)).toMatchObject({ performanceCores: 1, efficiencyCores: 4, lowPowerCores: 2 })
  })

  it('keep the logical processors that share them together', () => {
    const cpus = [0, 1, 2].map((index) => ({ ...cpu(index, null), siblings: index === 2 ? [2] : [0, 1] }))
    expect(arrangeCores(cpus, noKinds)).toEqual([
      { members: [0, 1], kind: 'performance' },
      { members: [2], kind: 'performance' },
    ])
  })

  it('are unknown without a topology', () => {
    expect(countCores([], noKinds)).toBeNull()
  })

  it('never sum to anything but the physical cores', () => {
    const kinds = fc.array(fc.nat(64))
    const cpus = fc.array(
      fc.record({
        index: fc.nat(64),
        siblings: fc.array(fc.nat(64), { minLength: 1, maxLength: 4 }),
        package: fc.option(fc.nat(4)),
        capacity: fc.option(fc.nat(1024)),
        maximumFrequencyKHz: fc.option(fc.nat(6_000_000)),
      }),
    )
    fc.assert(
      fc.property(cpus, kinds, kinds, kinds, (list, core, atom, lowPower) => {
        const counts = countCores(list, { core, atom, lowPower })
        if (counts === null) return
        expect(counts.performanceCores + counts.efficiencyCores).toBe(counts.physicalCores)
        expect(counts.performanceCores).toBeGreaterThanOrEqual(0)
        expect(counts.lowPowerCores).toBeLessThanOrEqual(counts.efficiencyCores)
        expect(counts.sockets).toBeGreaterThanOrEqual(1)
      }),
      seed,
    )
  })
})

describe('a processor whose kinds of cores Windows does not tell', () => {
  const alike = (cores: number, threads: number) => ({
    sockets: 1,
    physicalCores: cores,
    performanceCores: cores,
    efficiencyCores: 0,
    lowPowerCores: 0,
    logicalCores: threads,
  })

  it.each([
    ['Intel(R) Core(TM) Ultra 9 285K', 24, 24, [8, 16, 0]],
    ['Intel(R) Core(TM) Ultra 9 275HX', 24, 24, [8, 16, 0]],
    ['Intel(R) Core(TM) Ultra 5 245K', 14, 14, [6, 8, 0]],
    ['Intel(R) Core(TM) Ultra 5 225H', 14, 14, [4, 10, 2]],
    ['Intel(R) Core(TM) Ultra 7 258V', 8, 8, [4, 4, 4]],
    ['AMD Ryzen AI 9 HX 370 w/ Radeon 890M', 12, 24, [4, 8, 0]],
    ['AMD Ryzen 5 8540U w/ Radeon 740M Graphics', 6, 12, [2, 4, 0]],
    ['AMD Ryzen 7 5800X 8-Core Processor', 8, 16, [8, 0, 0]],
    ['Intel(R) Xeon(R) w5-2455X', 12, 24, [12, 0, 0]],
  ])('is known by its name: %s', (name, cores, threads, [performance, efficiency, lowPower]) => {
    expect(withKnownKinds(name, alike(cores, threads))).toMatchObject({
      performanceCores: performance,
      efficiencyCores: efficiency,
      lowPowerCores: lowPower,
    })
  })

  it('has low-power cores among the efficient ones that its threads tell', () => {
    const counts = { ...alike(16, 22), performanceCores: 6, efficiencyCores: 10 }
    expect(withKnownKinds('Intel(R) Core(TM) Ultra 7 155H', counts)).toEqual({ ...counts, lowPowerCores: 2 })
  })

  it('keeps its counts where they are not those of the name', () => {
    expect(withKnownKinds('Intel(R) Core(TM) Ultra 9 285K', alike(4, 4))).toEqual(alike(4, 4))
  })
})

describe('the name of a processor', () => {
  it.each([
    ['Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz', 'Intel Core i7-9750H'],
    ['AMD Ryzen 9 7950X 16-Core Processor            ', 'AMD Ryzen 9 7950X'],
    ['AMD Ryzen 5 3400G with Radeon Vega Graphics', 'AMD Ryzen 5 3400G'],
    ['Apple M2', 'Apple M2'],
  ])('%s is shortened', (long, short) => {
    expect(tidyCpuName(long)).toBe(short)
  })
})

describe('a graphics adapter', () => {
  it.each([
    'Intel(R) UHD Graphics 770',
    'Intel(R) Iris(R) Xe Graphics',
    'Intel(R) Arc(TM) Graphics',
    'Intel(R) Arc(TM) 140V GPU (16GB)',
    'AMD Radeon(TM) Graphics',
    'AMD Radeon(TM) RX Vega 11 Graphics',
    'AMD Radeon 780M Graphics',
    'AMD Radeon(TM) 8060S Graphics',
    'Cezanne [Radeon Vega Series / Radeon Vega Mobile Series]',
  ])('inside a processor is recognised: %s', (name) => {
    expect(isIntegrated(name)).toBe(true)
  })

  it.each([
    'AMD Radeon RX 7900 XTX',
    'Radeon RX Vega 64',
    'AMD Radeon RX 6600M',
    'AMD Radeon PRO W7900',
    'Intel(R) Arc(TM) A770 Graphics',
    'Intel(R) Arc(TM) B580 Graphics',
    'AMD Instinct MI210',
  ])('with memory of its own is recognised: %s', (name) => {
    expect(isIntegrated(name)).toBe(false)
  })

  it('keeps its kind to itself if its name does not tell', () => {
    expect(isIntegrated('0x744c')).toBeNull()
  })

  it('belongs to the vendor in its name or number', () => {
    expect(vendorOf('NVIDIA GeForce GTX 1070')).toBe('nvidia')
    expect(vendorOf('0x1002')).toBe('amd')
    expect(vendorOf('Red Hat QXL')).toBe('other')
  })
})

describe('nvidia-smi', () => {
  it('without memory figures for a card says so', () => {
    expect(parseNvidiaSmi('NVIDIA A100-SXM4-40GB MIG 1g.5gb, [N/A], [N/A]\n')).toEqual({
      gpus: [],
      unifiedNames: [],
      silentNames: ['NVIDIA A100-SXM4-40GB MIG 1g.5gb'],
    })
  })

  it('that knows only the total leaves the free memory open', () => {
    expect(parseNvidiaSmi('Tesla K80, 11441, [Insufficient Permissions]').gpus).toMatchObject([
      { totalVramMiB: 11_441, freeVramMiB: null },
    ])
  })

  it('reads every row it is given, commas in names included', () => {
    const rows = fc.array(fc.record({ total: fc.integer({ min: 1, max: 200_000 }), free: fc.nat(200_000) }))
    fc.assert(
      fc.property(rows, (cards) => {
        const text = cards.map(({ total, free }) => `Card, large, ${total}, ${free}\r\n`).join('')
        const { gpus } = parseNvidiaSmi(text)
        expect(gpus.map(({ totalVramMiB }) => totalVramMiB)).toEqual(cards.map(({ total }) => total))
        expect(gpus.every(({ totalVramMiB, freeVramMiB }) => (freeVramMiB ?? 0) <= totalVramMiB)).toBe(true)
      }),
      seed,
    )
  })
})

describe('unified memory', () => {
  it.each([
    [8, 5461],
    [16, 10_922],
    [32, 21_845],
    [36, 27_648],
    [64, 49_152],
  ])('of a Mac with %i GiB leaves the GPU %i MiB', (totalGiB, usableMiB) => {
    expect(usableGraphicsMiB(totalGiB * 1024, null)).toBe(usableMiB)
  })

  it('is what the user has set, up to all there is', () => {
    expect(usableGraphicsMiB(16_384, 14_000)).toBe(14_000)
    expect(usableGraphicsMiB(16_384, 99_999)).toBe(16_384)
  })
})

describe('power', () => {
  const battery = (status: string) => ({ type: 'Battery\n', scope: null, online: null, status, capacity: '50\n' })

  it('comes from the mains while a battery is not drained', () => {
    expect(judgePower([battery('Not charging\n')])).toEqual({ source: 'mains', batteryPercent: 50 })
  })

  it('is unknown if the battery does not tell', () => {
    expect(judgePower([battery('Unknown\n')])).toEqual({ source: 'unknown', batteryPercent: 50 })
  })

  it('never exceeds a hundred percent', () => {
    expect(judgePower([{ ...battery('Full'), capacity: '103' }]).batteryPercent).toBe(100)
  })
})

describe('every parser', () => {
  type Check = (text: string) => void
  const parsers: [string, Check][] = [
    ['parseWholeNumber', (text) => expect(parseWholeNumber(text) ?? 0).toBeGreaterThanOrEqual(0)],
    ['parseKeyValues', (text) => expect([...parseKeyValues(text, ':').values()].join()).not.toMatch(/^\s|\n/)],
    ['parseJsonObject', (text) => expect(typeof (parseJsonObject(text) ?? {})).toBe('object')],
    ['parseCpuList', (text) => expect(parseCpuList(text).every(Number.isInteger)).toBe(true)],
    ['parseMemberships', (text) => expect(parseMemberships(text).every(({ path }) => path.startsWith('/'))).toBe(true)],
    ['parseCpuMax', (text) => expect(parseCpuMax(text) ?? 1).toBeGreaterThan(0)],
    ['parseAffinity', (text) => expect(parseAffinity(text)?.length ?? 1).toBeGreaterThan(0)],
    ['parseOsRelease', (text) => expect(parseOsRelease(text) ?? 'Linux').not.toBe('')],
    ['isVirtualModel', (text) => expect([true, false]).toContain(isVirtualModel(text))],
    ['parseMeminfo', (text) => expect(parseMeminfo(text)?.availableBytes ?? 0).toBeGreaterThanOrEqual(0)],
    ['parseCpuinfo', (text) => expect(parseCpuinfo(text).counts?.logicalCores ?? 1).toBeGreaterThanOrEqual(1)],
    ['parseSysctl', (text) => expect(parseSysctl(text).counts?.efficiencyCores ?? 0).toBeGreaterThanOrEqual(0)],
    ['parsePmset', (text) => expect(powerSchema.safeParse(parsePmset(text)).success).toBe(true)],
    ['parseNvidiaSmi', (text) => expect(parseNvidiaSmi(text).gpus.every((gpu) => gpu.totalVramMiB > 0)).toBe(true)],
    ['parseRocmSmi', (text) => expect(parseRocmSmi(text).every((gpu) => (gpu.freeVramMiB ?? 0) >= 0)).toBe(true)],
    ['parseWindowsFacts', (text) => expect(powerSchema.safeParse(parseWindowsFacts(text).power).success).toBe(true)],
  ]

  it.each(parsers)('%s answers within bounds, whatever a tool prints', (_, check) => {
    fc.assert(
      fc.property(nonsense, (text) => {
        check(text)
      }),
      seed,
    )
  })

  it('of the library’s answers takes anything', () => {
    fc.assert(
      fc.property(fc.anything(), (answer) => {
        expect(parseLibraryCpu(answer)?.counts.physicalCores ?? 1).toBeGreaterThanOrEqual(1)
        expect(parseLibraryGraphics(answer).every(({ memoryMiB }) => memoryMiB === null)).toBe(true)
      }),
      seed,
    )
  })
})
