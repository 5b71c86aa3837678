import { z } from 'zod'

export const cpuSchema = z.object({
  /** Marketing name, "AMD Ryzen 7 5700G". */
  name: z.string(),
  architecture: z.enum(['x64', 'arm64', 'other']),
  sockets: z.number().int().positive(),
  /** Groups of cores with memory of their own; absent where nothing told, and in profiles of earlier versions. */
  numaNodes: z.number().int().positive().optional(),
  physicalCores: z.number().int().positive(),
  /** Fast cores on hybrid processors; equals `physicalCores` where all are alike. */
  performanceCores: z.number().int().nonnegative(),
  efficiencyCores: z.number().int().nonnegative(),
  /** Those of the `efficiencyCores` that are slower still, for idling; absent in profiles of earlier versions. */
  lowPowerCores: z.number().int().nonnegative().optional(),
  logicalCores: z.number().int().positive(),
  /** Logical cores that affinity and cgroup quota leave to this process; at most `logicalCores`. */
  allowedCores: z.number().int().positive(),
  /** Physical cores of each kind among those that affinity and cpuset leave; absent where they leave all. */
  allowedKinds: z
    .object({ performanceCores: z.number().int().nonnegative(), efficiencyCores: z.number().int().nonnegative() })
    .optional(),
})
export type Cpu = z.infer<typeof cpuSchema>

export const gpuSchema = z.object({
  name: z.string(),
  vendor: z.enum(['nvidia', 'amd', 'intel', 'apple', 'other']),
  /** Dedicated graphics memory; for unified memory the part the system lets the GPU use. */
  totalVramMiB: z.number().nonnegative(),
  /** Null where no tool could tell. */
  freeVramMiB: z.number().nonnegative().nullable(),
  /** GPU and CPU share one memory (Apple silicon): VRAM then is RAM as well. */
  unified: z.boolean(),
  /** Where the figures come from, "nvidia-smi" for instance. */
  source: z.string(),
  /** In a box of its own behind a cable, whose transfers are several times slower; absent where it is not known to be. */
  external: z.boolean().optional(),
})
export type Gpu = z.infer<typeof gpuSchema>

/** What computer this is, as far as this process may use it. Integrated GPUs with borrowed memory are no `gpus`. */
export const machineProfileSchema = z.object({
  os: z.object({
    platform: z.enum(['linux', 'darwin', 'win32', 'other']),
    name: z.string(),
    release: z.string(),
    /** Where the system itself runs; absent in profiles of earlier versions. */
    environment: z.enum(['hardware', 'virtualMachine', 'container', 'wsl']).optional(),
  }),
  cpu: cpuSchema,
  memory: z.object({
    totalMiB: z.number().positive(),
    availableMiB: z.number().nonnegative(),
    /** Limit of the container this runs in, null where there is none. */
    limitMiB: z.number().positive().nullable(),
  }),
  gpus: z.array(gpuSchema),
  /** GPUs that do not count because they borrow the computer's memory or lack a driver; shown, never planned with. */
  otherGraphics: z.array(z.object({ name: z.string(), why: z.string() })),
  power: z.object({
    source: z.enum(['mains', 'battery', 'unknown']),
    batteryPercent: z.number().min(0).max(100).nullable(),
  }),
})
export type MachineProfile = z.infer<typeof machineProfileSchema>

/** Speeds that JavaScript reaches with so many threads at once, all added up; geometric means of two rounds. */
export const probeStepSchema = z.object({
  threads: z.number().int().positive(),
  readBytesPerSecond: z.number().positive(),
  /** Bytes copied, each of them read and written. */
  copyBytesPerSecond: z.number().positive(),
  /** Multiplications with an addition each. */
  multiplyAddsPerSecond: z.number().positive(),
})
export type ProbeStep = z.infer<typeof probeStepSchema>

/** What the quick probe of processor and memory found: one step for each number of threads, ascending. */
export const probeResultSchema = z.object({
  steps: z.array(probeStepSchema).min(1),
  /** Memory that was read and written, all threads together; well beyond the caches. */
  bufferMiB: z.number().positive(),
  /** How far one round's rates lie from the next one's: standard deviation of their natural logarithms. */
  spread: z.number().nonnegative(),
  seconds: z.number().nonnegative(),
})
export type ProbeResult = z.infer<typeof probeResultSchema>
