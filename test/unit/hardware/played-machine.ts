import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { MachineSources } from '../../../main/hardware/sources.ts'

const folder = path.join(import.meta.dirname, '../../fixtures/hardware')

const texts = z.record(z.string(), z.string()).default({})
const machineSchema = z.object({
  about: z.string(),
  basics: z.object({
    platform: z.string(),
    architecture: z.string(),
    release: z.string(),
    systemName: z.string(),
    cpuName: z.string(),
    logicalCores: z.number(),
    availableParallelism: z.number().optional(),
    totalMemoryBytes: z.number(),
    freeMemoryBytes: z.number(),
  }),
  files: texts,
  emptyFolders: z.array(z.string()).default([]),
  /** What each command prints, by its name. */
  commands: texts,
  freeDiskBytes: z.number().default(200e9),
  /** Readings of the processor's times, one after the other. */
  processorTimes: z.array(z.object({ busySeconds: z.number(), totalSeconds: z.number() })).default([]),
  /** Answers of the systeminformation library. */
  library: z.object({ cpu: z.unknown(), memory: z.unknown(), graphics: z.unknown() }).partial().default({}),
})

export const machineNames = readdirSync(folder)

/** A computer played from its fixture: files, tools and the library answer as they would there. */
export function playMachine(name: string): { about: string; sources: MachineSources; expected: unknown } {
  const text = readFileSync(path.join(folder, name, 'machine.yaml'), 'utf8')
  const machine = machineSchema.parse(parse(text))
  const { about, basics, files, emptyFolders, commands, library, freeDiskBytes, processorTimes } = machine
  let turn = 0
  const sources: MachineSources = {
    basics: { ...basics, availableParallelism: basics.availableParallelism ?? basics.logicalCores },
    readFile: (file) => Promise.resolve(files[file] ?? null),
    listFolder: (parent) =>
      Promise.resolve(emptyFolders.includes(parent) ? [] : childrenOf(parent, Object.keys(files))),
    run: (command) => Promise.resolve(commands[command] ?? null),
    freeDiskBytes: () => Promise.resolve(freeDiskBytes),
    processorTimes: () => processorTimes[turn++ % processorTimes.length] ?? { busySeconds: 0, totalSeconds: 0 },
    systemInformation: {
      cpu: () => Promise.resolve(library.cpu ?? null),
      memory: () => Promise.resolve(library.memory ?? null),
      graphics: () => Promise.resolve(library.graphics ?? null),
    },
  }
  return { about, sources, expected: JSON.parse(readFileSync(path.join(folder, name, 'expected.json'), 'utf8')) }
}

function childrenOf(parent: string, files: string[]): string[] | null {
  const inside = files.filter((file) => file.startsWith(`${parent}/`))
  const names = inside.map((file) => file.slice(parent.length + 1).split('/')[0] ?? '')
  return names.length === 0 ? null : [...new Set(names)]
}
