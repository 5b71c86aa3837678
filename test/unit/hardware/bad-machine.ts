import type { MachineSources } from '../../../main/hardware/sources.ts'

/** A computer whose every file and tool answers with the next piece of nonsense. */
export function badMachine(platform: string, answers: readonly string[], library: unknown): MachineSources {
  let turn = 0
  const next = () => answers[turn++ % answers.length] ?? null
  return {
    basics: {
      platform,
      architecture: 'x64',
      release: '',
      systemName: '',
      cpuName: '',
      logicalCores: 0,
      availableParallelism: 0,
      totalMemoryBytes: 0,
      freeMemoryBytes: 0,
    },
    readFile: () => Promise.resolve(next()),
    listFolder: () => Promise.resolve(['cpu0', 'cpu1', 'card0', 'BAT0', next() ?? '']),
    run: () => Promise.resolve(next()),
    freeDiskBytes: () => Promise.resolve(null),
    processorTimes: () => ({ busySeconds: turn % 7, totalSeconds: turn % 5 }),
    systemInformation: {
      cpu: () => Promise.resolve(library),
      memory: () => Promise.resolve(library),
      graphics: () => Promise.resolve(library),
    },
  }
}
