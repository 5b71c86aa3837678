import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionsOf } from '../../../main/hardware/conditions/conditions.ts'
import { readConditions } from '../../../main/hardware/conditions/read-conditions.ts'
import type { MachineSources, ProcessorTimes } from '../../../main/hardware/sources.ts'
import { badMachine } from './bad-machine.ts'
import { nonsense } from './nonsense.ts'
import { playMachine } from './played-machine.ts'

const options = { diskFolder: '/home/user', wait: () => Promise.resolve() }
const nothingOwn = { pids: [], vramMiB: 0, ramMiB: 0 }

/** A played computer that says more, or other things, than its fixture. */
function machine(
  name: string,
  {
    files = {},
    run = () => null,
    times = [
      { busySeconds: 100, totalSeconds: 1000 },
      { busySeconds: 100.2, totalSeconds: 1010 },
    ],
  }: {
    files?: Record<string, string[]>
    run?: (command: string, parameters: string[]) => string | null
    times?: ProcessorTimes[]
  },
): MachineSources {
  const { sources } = playMachine(name)
  const readings = new Map<string, number>()
  let reading = 0
  return {
    ...sources,
    readFile: async (path) => {
      const texts = files[path]
      if (texts === undefined) return sources.readFile(path)
      const turn = readings.get(path) ?? 0
      readings.set(path, turn + 1)
      return texts[Math.min(turn, texts.length - 1)] ?? null
    },
    listFolder: async (folder) => {
      const own = Object.keys(files).filter((path) => path.startsWith(`${folder}/`))
      const names = own.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '')
      return [...new Set([...names, ...((await sources.listFolder(folder)) ?? [])])]
    },
    run: async (command, parameters) => run(command, parameters) ?? sources.run(command, parameters),
    processorTimes: () => times[Math.min(reading++, times.length - 1)] ?? { busySeconds: 0, totalSeconds: 0 },
  }
}

const codes = async (sources: MachineSources) =>
  conditionsOf(await readConditions(sources, options), nothingOwn).map(({ code }) => code)

describe('a look at how the computer is doing', () => {
  it('finds nothing wrong with an idle desktop', async () => {
    expect(await codes(machine('desktop-ryzen-rtx3060', {}))).toEqual([])
  })

  it('finds a Linux laptop hot, on battery and saving power while a backup runs', async () => {
    const stat = (ticks: number) => `812 (MainThread) R 1 812 812 0 -1 4194304 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 100 0 0`
    const sources = machine('laptop-hybrid-integrated', {
      files: {
        '/sys/firmware/acpi/platform_profile': ['low-power\n'],
        '/sys/class/hwmon/hwmon2/name': ['nvme\n'],
        '/sys/class/hwmon/hwmon2/temp1_input': ['99000\n'],
        '/sys/class/hwmon/hwmon4/name': ['coretemp\n'],
        '/sys/class/hwmon/hwmon4/temp1_input': ['94000\n'],
        '/sys/class/hwmon/hwmon4/temp1_crit': ['100000\n'],
        '/proc/812/stat': [stat(100), stat(400)],
        '/proc/812/cmdline': ['/usr/bin/borg\0create\0'],
      },
      times: [
        { busySeconds: 100, totalSeconds: 1000 },
        { busySeconds: 103.2, totalSeconds: 1010 },
      ],
    })
    const conditions = await readConditions(sources, options)
    expect(conditions.heat).toEqual({ isHot: true, celsius: 94 })
    expect(conditions.processor?.busyShare).toBeCloseTo(0.32)
    expect(conditionsOf(conditions, nothingOwn)).toEqual([
      { code: 'machine.busyProcessorBy', values: { percent: 32, name: 'borg' } },
      { code: 'machine.hotAt', values: { name: 'The processor', celsius: 94 } },
      { code: 'machine.powerSaver', values: {} },
      { code: 'machine.onBattery', values: {} },
    ])
  })

  it('finds a Mac under pressure', async () => {
    const answers: Record<string, string> = {
      'pmset -g': 'Currently in use:\n lowpowermode         1\n',
      'notifyutil -g com.apple.system.thermalpressurelevel': 'com.apple.system.thermalpressurelevel 2\n',
    }
    const sources = machine('apple-m2-16gb', {
      run: (command, parameters) => answers[[command, ...parameters].join(' ')] ?? null,
    })
    expect(await codes(sources)).toEqual(['machine.hot', 'machine.powerSaver', 'machine.onBattery'])
  })

  it('finds the game on a Mac', async () => {
    const sources = machine('apple-m2-16gb', {
      run: (command) => (command === 'ioreg' ? '"PerformanceStatistics" = {"Device Utilization %"=97}' : null),
    })
    expect(await codes(sources)).toContain('machine.busyGraphics')
  })

  it('finds a card of AMD hot by its own sensor', async () => {
    const hwmon = '/sys/class/drm/card0/device/hwmon/hwmon3/temp1_input'
    const sources = machine('amdgpu-sysfs-only', { files: { [hwmon]: ['91000\n'] } })
    const { graphics } = await readConditions(sources, options)
    expect(graphics.map(({ celsius }) => celsius)).toEqual([91])
    expect(conditionsOf(await readConditions(sources, options), nothingOwn)).toContainEqual({
      code: 'machine.hotAt',
      values: { name: 'AMD Radeon graphics', celsius: 91 },
    })
  })

  it('finds the game on a Windows desktop', async () => {
    const sources = machine('windows-game-running', {
      run: (command, parameters) =>
        command === 'nvidia-smi' && parameters.join().includes('utilization')
          ? 'NVIDIA GeForce RTX 5070, 98, 74, 12227, 1893\r\n'
          : null,
    })
    expect(await codes(sources)).toEqual(['machine.busyGraphics', 'machine.fullGraphics'])
  })

  it('finds memory short in Linux inside Windows, and names the place to change it', async () => {
    const meminfo = 'MemTotal:        8134496 kB\nMemAvailable:     409600 kB\n'
    expect(await codes(machine('wsl-limited', { files: { '/proc/meminfo': [meminfo] } }))).toEqual([
      'machine.lowMemoryWsl',
    ])
  })

  it('watches the processor before it asks any tool', async () => {
    const asked: string[] = []
    const sources = machine('desktop-ryzen-rtx3060', {
      run: (command) => {
        asked.push(command)
        return null
      },
    })
    let askedBefore: string[] | null = null
    const wait = () => {
      askedBefore = [...asked]
      return Promise.resolve()
    }
    await readConditions(sources, { ...options, wait })
    expect(askedBefore).toEqual([])
    expect(asked).toContain('nvidia-smi')
  })

  it('bears everything that files and tools may say', async () => {
    const platforms = fc.constantFrom('linux', 'darwin', 'win32', 'freebsd')
    await fc.assert(
      fc.asyncProperty(platforms, fc.array(nonsense, { minLength: 1, maxLength: 30 }), async (platform, texts) => {
        const conditions = await readConditions(badMachine(platform, texts, null), options)
        expect(conditions.memory.availableMiB).toBeLessThanOrEqual(conditions.memory.totalMiB)
        for (const { values } of conditionsOf(conditions, nothingOwn)) {
          expect(Object.values(values).every((value) => typeof value === 'string' || Number.isFinite(value))).toBe(true)
        }
      }),
      { seed: 8, numRuns: 300 },
    )
  })

  it('bears sources that reject', async () => {
    const fail = () => Promise.reject(new Error('no'))
    const { sources } = playMachine('laptop-hybrid-integrated')
    const failing = { ...sources, readFile: fail, listFolder: fail, run: fail, freeDiskBytes: fail }
    const conditions = await readConditions(failing, options)
    expect(conditions).toMatchObject({ isSavingPower: null, heat: null, processor: null, freeDiskMiB: null })
  })
})
