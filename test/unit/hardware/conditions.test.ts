import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionsOf, disturbancesAmong, type Condition } from '../../../main/hardware/conditions/conditions.ts'
import {
  freeOnCardsMiB,
  parseMacUtilization,
  parseNvidiaLoad,
} from '../../../main/hardware/conditions/graphics-load.ts'
import { judgePassiveLimits, judgeSensors, parseThermalPressure } from '../../../main/hardware/conditions/heat.ts'
import {
  judgeLinuxSaving,
  judgeWindowsSaving,
  parseLowPowerMode,
} from '../../../main/hardware/conditions/power-saving.ts'
import { busyShare, parsePs, programOf, usesBetween } from '../../../main/hardware/conditions/processor-load.ts'
import type { MachineConditions } from '../../../main/hardware/conditions/read-conditions.ts'
import { parseWindowsConditions } from '../../../main/hardware/conditions/windows.ts'
import { say } from '../../../main/words/say.ts'
import { nonsense } from './nonsense.ts'

const seed = { seed: 20_260_106, numRuns: 300 }

const fine: MachineConditions = {
  environment: 'hardware',
  power: { source: 'mains', batteryPercent: 100 },
  isSavingPower: false,
  heat: { isHot: false, celsius: 48 },
  processor: { busyShare: 0.03, programs: [{ name: 'browser', pid: 7, share: 0.02 }] },
  graphics: [{ name: 'Card', busyShare: 0.04, totalMiB: 8192, freeMiB: 7400, celsius: 45 }],
  memory: { totalMiB: 16_384, availableMiB: 9000, limitMiB: null },
  freeDiskMiB: 100_000,
}
const nothingOwn = { pids: [], vramMiB: 0, ramMiB: 0 }
const card = (changes: Partial<MachineConditions['graphics'][number]>) => ({
  graphics: [{ name: 'Card', busyShare: 0.04, totalMiB: 8192, freeMiB: 7400, celsius: 45, ...changes }],
})

describe('the conditions of a computer', () => {
  it('are fine where nothing is wrong, and where nothing can be told', () => {
    expect(conditionsOf(fine, nothingOwn)).toEqual([])
    const untold: MachineConditions = {
      ...fine,
      power: { source: 'unknown', batteryPercent: null },
      isSavingPower: null,
      heat: null,
      processor: null,
      graphics: [],
      freeDiskMiB: null,
    }
    expect(conditionsOf(untold, nothingOwn)).toEqual([])
  })

  const cases: [Condition['code'], Partial<MachineConditions>][] = [
    ['machine.onBattery', { power: { source: 'battery', batteryPercent: 60 } }],
    ['machine.powerSaver', { isSavingPower: true }],
    ['machine.hot', { heat: { isHot: true, celsius: null } }],
    ['machine.hotAt', { heat: { isHot: true, celsius: 97 } }],
    ['machine.hotAt', card({ celsius: 90 })],
    ['machine.busyProcessor', { processor: { busyShare: 0.4, programs: [] } }],
    ['machine.busyProcessorBy', { processor: { busyShare: 0.4, programs: [{ name: 'backup', pid: 3, share: 0.35 }] } }],
    ['machine.busyGraphics', card({ busyShare: 0.97 })],
    ['machine.fullGraphics', card({ freeMiB: 1900 })],
    ['machine.lowMemory', { memory: { totalMiB: 16_384, availableMiB: 900, limitMiB: null } }],
    ['machine.lowMemoryLimited', { memory: { totalMiB: 64_000, availableMiB: 300, limitMiB: 4096 } }],
    ['machine.lowMemoryWsl', { environment: 'wsl', memory: { totalMiB: 8000, availableMiB: 700, limitMiB: null } }],
    ['machine.lowDisk', { freeDiskMiB: 500 }],
  ]

  it.each(cases)('%s is found and said with what to do', (code, changes) => {
    const found = conditionsOf({ ...fine, ...changes }, nothingOwn)
    expect(found.map((condition) => condition.code)).toEqual([code])
    const [sentence = ''] = found.map((condition) => say(condition).text)
    expect(sentence).toMatch(/: .+\.$/)
    expect(sentence).not.toMatch(/undefined|NaN|machine\./)
  })

  it('leave out what this program and its daemon take', () => {
    const programs = [
      { name: 'attune', pid: 11, share: 0.1 },
      { name: 'ollama', pid: 12, share: 0.5 },
    ]
    const busy = { ...fine, ...card({ freeMiB: 1900 }), processor: { busyShare: 0.62, programs } }
    expect(conditionsOf(busy, { pids: [11, 12], vramMiB: 5800, ramMiB: 0 })).toEqual([])
  })

  it('leave out the memory of our own models', () => {
    const memory = { totalMiB: 16_384, availableMiB: 900, limitMiB: null }
    expect(conditionsOf({ ...fine, memory }, { ...nothingOwn, ramMiB: 6000 })).toEqual([])
  })

  it('name no program that takes the lesser part', () => {
    const programs = [
      { name: 'a', pid: 1, share: 0.1 },
      { name: 'b', pid: 2, share: 0.12 },
    ]
    const processor = { busyShare: 0.5, programs }
    expect(conditionsOf({ ...fine, processor }, nothingOwn)).toEqual([
      { code: 'machine.busyProcessor', values: { percent: 50 } },
    ])
  })

  it('name a program by all of its processes together', () => {
    const programs = Array.from({ length: 8 }, (_, pid) => ({ name: 'compiler', pid, share: 0.05 }))
    expect(conditionsOf({ ...fine, processor: { busyShare: 0.42, programs } }, nothingOwn)).toEqual([
      { code: 'machine.busyProcessorBy', values: { percent: 42, name: 'compiler' } },
    ])
  })

  it('of a small container are not always short of memory', () => {
    const memory = { totalMiB: 64_000, availableMiB: 600, limitMiB: 1000 }
    expect(conditionsOf({ ...fine, memory }, nothingOwn)).toEqual([])
  })
})

describe('what disturbs a trial', () => {
  const of = (changes: Partial<MachineConditions>) => conditionsOf({ ...fine, ...changes }, nothingOwn)
  const busy = of({ processor: { busyShare: 0.6, programs: [] } })
  const unplugged = of({ power: { source: 'battery', batteryPercent: 50 }, isSavingPower: true })

  it('is another program, whether it was there at the start or not', () => {
    expect(disturbancesAmong(busy, [])).toEqual(busy)
    expect(disturbancesAmong(busy, busy)).toEqual(busy)
  })

  it('is the battery only if the trial began on mains', () => {
    expect(disturbancesAmong(unplugged, [])).toEqual(unplugged)
    expect(disturbancesAmong(unplugged, unplugged)).toEqual([])
  })

  it('is little memory only if there was more before: a small computer always has little', () => {
    const short = of({ memory: { totalMiB: 16_384, availableMiB: 900, limitMiB: null } })
    expect(disturbancesAmong(short, [])).toEqual(short)
    expect(disturbancesAmong(short, short)).toEqual([])
  })

  it('is neither heat, which a study makes itself, nor a full disk', () => {
    expect(disturbancesAmong(of({ heat: { isHot: true, celsius: 96 }, freeDiskMiB: 100 }), [])).toEqual([])
  })
})

describe('power saving', () => {
  const files = { profile: null, driver: null, governor: null, preference: null }

  it.each([
    ['is off in the ordinary state of an Intel laptop', 'intel_pstate', 'powersave', 'balance_performance', false],
    ['is on where the preference says so', 'amd-pstate-epp', 'powersave', 'power', true],
    ['is on where the governor keeps the lowest clock', 'acpi-cpufreq', 'powersave', null, true],
    ['is off under a governor that follows the load', 'acpi-cpufreq', 'schedutil', null, false],
  ])('on Linux %s', (_, driver, governor, preference, expected) => {
    expect(judgeLinuxSaving({ ...files, driver: `${driver}\n`, governor: `${governor}\n`, preference })).toBe(expected)
  })

  it('on Linux is told by the platform’s profile, or by nothing', () => {
    expect(judgeLinuxSaving({ ...files, profile: 'low-power\n' })).toBe(true)
    expect(judgeLinuxSaving(files)).toBeNull()
  })

  it('on a Mac is a line among others', () => {
    const settings = (mode: string) =>
      `System-wide power settings:\nCurrently in use:\n standby              1\n${mode}\n hibernatemode        3\n`
    expect(parseLowPowerMode(settings(' lowpowermode         1'))).toBe(true)
    expect(parseLowPowerMode(settings(' lowpowermode         0'))).toBe(false)
    expect(parseLowPowerMode(settings(' powermode            2'))).toBe(false)
    expect(parseLowPowerMode(settings(' womp                 1'))).toBeNull()
  })

  it('on Windows is a plan or a mode', () => {
    expect(judgeWindowsSaving('A1841308-3541-4FAB-BC81-F71556F20B4A', null)).toBe(true)
    expect(judgeWindowsSaving('381b4222-f694-41f0-9685-ff5bb260df2e', '961cc777-2547-4f9d-8174-7d86181b8a7a')).toBe(
      true,
    )
    expect(judgeWindowsSaving('381b4222-f694-41f0-9685-ff5bb260df2e', '00000000-0000-0000-0000-000000000000')).toBe(
      false,
    )
    expect(judgeWindowsSaving(null, null)).toBeNull()
  })
})

describe('heat', () => {
  it('is judged by the hottest sensor that can be believed', () => {
    const sensors = [
      { temperature: '62000', critical: '100000' },
      { temperature: '93000\n', critical: '100000\n' },
      { temperature: '-273150', critical: null },
      { temperature: '255000', critical: null },
    ]
    expect(judgeSensors(sensors)).toEqual({ isHot: true, celsius: 93 })
    expect(judgeSensors(sensors.slice(0, 1))).toEqual({ isHot: false, celsius: 62 })
    expect(judgeSensors(sensors.slice(2))).toBeNull()
  })

  it('is reached sooner on a board that stops at 85 °C', () => {
    expect(judgeSensors([{ temperature: '79000', critical: '85000' }])?.isHot).toBe(true)
  })

  it('on a Mac is a level of pressure', () => {
    expect(parseThermalPressure('com.apple.system.thermalpressurelevel 0\n')?.isHot).toBe(false)
    expect(parseThermalPressure('com.apple.system.thermalpressurelevel 2\n')?.isHot).toBe(true)
    expect(parseThermalPressure('command not found')).toBeNull()
  })

  it('on Windows is a limit below a hundred percent', () => {
    expect(judgePassiveLimits([100, 100])?.isHot).toBe(false)
    expect(judgePassiveLimits([100, 65])?.isHot).toBe(true)
    expect(judgePassiveLimits([0])).toBeNull()
  })
})

describe('what other programs take', () => {
  it('of the processor is the difference of two readings', () => {
    expect(busyShare({ busySeconds: 10, totalSeconds: 100 }, { busySeconds: 11, totalSeconds: 104 })).toBe(0.25)
    expect(busyShare({ busySeconds: 10, totalSeconds: 100 }, { busySeconds: 10, totalSeconds: 100 })).toBeNull()
  })

  it.each([
    ['/usr/bin/node\0server.js\0', 'node'],
    ['/opt/google/chrome/chrome --type=renderer --lang=en', 'chrome'],
    ['bash\0', 'bash'],
    ['', null],
    [null, null],
  ])('belongs to the program of its command line: %j', (commandLine, name) => {
    expect(programOf(commandLine)).toBe(name)
  })

  it('counts no program that came or idled in between', () => {
    const before = [
      { pid: 1, parentPid: 0, name: 'idle', seconds: 5 },
      { pid: 2, parentPid: 0, name: 'busy', seconds: 5 },
    ]
    const after = [
      { pid: 1, parentPid: 0, name: 'idle', seconds: 5 },
      { pid: 2, parentPid: 0, name: 'busy', seconds: 5.5 },
      { pid: 3, parentPid: 0, name: 'new', seconds: 90 },
    ]
    expect(usesBetween(before, after, 2)).toEqual([{ pid: 2, name: 'busy', share: 0.25 }])
  })

  it('is told by ps on a Mac in percent of one core', () => {
    expect(parsePs('  501  400.0 Google Chrome He\n  7   0.0 launchd\n', 8)).toEqual([
      { pid: 501, name: 'Google Chrome He', share: 0.5 },
    ])
  })

  it('is told by Windows among other things', () => {
    const text = JSON.stringify({
      scheme: '381b4222-f694-41f0-9685-ff5bb260df2e',
      overlay: '961cc777-2547-4f9d-8174-7d86181b8a7a',
      zones: [{ PercentPassiveLimit: 100 }],
      programs: [
        { Name: '_Total', IDProcess: 0, PercentProcessorTime: 800 },
        { Name: 'chrome#3', IDProcess: 5124, PercentProcessorTime: 200 },
      ],
      batteries: [{ BatteryStatus: 1, EstimatedChargeRemaining: 55 }],
    })
    expect(parseWindowsConditions(`warning: slow\r\n${text}`, 8)).toEqual({
      power: { source: 'battery', batteryPercent: 55 },
      isSavingPower: true,
      heat: { isHot: false, celsius: null },
      programs: [{ name: 'chrome', pid: 5124, share: 0.25 }],
    })
  })

  it('of all cards tells what is free only if every one tells', () => {
    const [told, silent] = [1830, null].map((freeMiB) => ({
      name: 'card',
      busyShare: null,
      totalMiB: 8192,
      freeMiB,
      celsius: null,
    }))
    if (!told || !silent) throw new Error('no cards')
    expect(freeOnCardsMiB([])).toBeNull()
    expect(freeOnCardsMiB([told, told])).toEqual([1830, 1830])
    expect(freeOnCardsMiB([told, silent])).toBeNull()
  })

  it('of a graphics card is told by nvidia-smi, as far as the card can', () => {
    const text = 'NVIDIA GeForce RTX 4070, 96, 71, 12282, 1830\r\nTesla K80, [N/A], 40, 11441, 11400\n'
    expect(parseNvidiaLoad(text)).toEqual([
      { name: 'NVIDIA GeForce RTX 4070', busyShare: 0.96, totalMiB: 12_282, freeMiB: 1830, celsius: 71 },
      { name: 'Tesla K80', busyShare: null, totalMiB: 11_441, freeMiB: 11_400, celsius: 40 },
    ])
  })
})

describe('the graphics unit of a Mac', () => {
  const unit = (busyShare: number) => card({ busyShare, isUnit: true, freeMiB: null, celsius: null })

  it('tells how busy it is in the midst of much else', () => {
    const text = `+-o AGXAcceleratorG14G  <class AGXAcceleratorG14G, id 0x100000456, registered, matched, active>
    {
      "PerformanceStatistics" = {"In use system memory (driver)"=0,"Tiler Utilization %"=61,"Device Utilization %"=63,"recoveryCount"=0}
    }`
    expect(parseMacUtilization(text)).toBe(0.63)
    expect(parseMacUtilization('"Device Utilization %"=3, "Device Utilization %" = 100')).toBe(1)
    expect(parseMacUtilization('"Renderer Utilization %"=40')).toBeNull()
    expect(parseMacUtilization(null)).toBeNull()
  })

  it('is busy from half of its time on: drawing a window takes more of it than of a card', () => {
    expect(conditionsOf({ ...fine, ...unit(0.35) }, nothingOwn)).toEqual([])
    expect(conditionsOf({ ...fine, ...unit(0.9) }, nothingOwn)).toMatchObject([{ code: 'machine.busyGraphics' }])
  })
})

describe('every parser of conditions', () => {
  const share = (value: number | null) => {
    expect(value ?? 0).toBeGreaterThanOrEqual(0)
    expect(value ?? 0).toBeLessThanOrEqual(1)
  }
  const parsers: [string, (text: string) => void][] = [
    ['parseLowPowerMode', (text) => expect([true, false, null]).toContain(parseLowPowerMode(text))],
    ['parseThermalPressure', (text) => expect([true, false, undefined]).toContain(parseThermalPressure(text)?.isHot)],
    ['programOf', (text) => expect(programOf(text) ?? 'x').not.toMatch(/^$|\//)],
    ['parsePs', (text) => parsePs(text, 4).forEach((program) => share(program.share))],
    ['parseNvidiaLoad', (text) => parseNvidiaLoad(text).forEach((load) => share(load.busyShare))],
    ['parseMacUtilization', (text) => share(parseMacUtilization(text))],
    ['parseWindowsConditions', (text) => parseWindowsConditions(text, 4).programs.forEach((use) => share(use.share))],
    [
      'judgeSensors',
      (text) => expect(judgeSensors([{ temperature: text, critical: text }])?.celsius ?? 50).toBeLessThanOrEqual(130),
    ],
  ]

  it.each(parsers)('%s answers within bounds, whatever a tool prints', (_, check) => {
    fc.assert(
      fc.property(nonsense, (text) => {
        check(text)
      }),
      seed,
    )
  })
})
