import type { RemoteComputer } from '../../preload/contract/goal.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { ParameterName } from '../../preload/contract/model.ts'
import type { Problem, SearchSpace } from '../search/types.ts'
import type { StudyReason } from '../words/study.ts'

/** Where the size of a memory is not told, it bounds nothing; what takes more of it is not tried then, either. */
const untoldMemoryMiB = 1024 * 1024

/** The profile of a computer of which only this is known: it claims nothing of the one that Attune runs on. */
export function remoteProfile({ cores, memoryMiB, vramMiB }: RemoteComputer): MachineProfile {
  const count = cores ?? 1
  return {
    os: { platform: 'other', name: 'Another computer', release: '' },
    cpu: {
      name: 'another computer',
      architecture: 'other',
      sockets: 1,
      physicalCores: count,
      performanceCores: count,
      efficiencyCores: 0,
      logicalCores: count,
      allowedCores: count,
    },
    memory: {
      totalMiB: memoryMiB ?? untoldMemoryMiB,
      availableMiB: memoryMiB ?? untoldMemoryMiB,
      limitMiB: null,
    },
    gpus: vramMiB
      ? [
          {
            name: 'graphics of another computer',
            vendor: 'other',
            totalVramMiB: vramMiB,
            freeVramMiB: null,
            unified: false,
            source: 'as told',
          },
        ]
      : [],
    otherGraphics: [],
    power: { source: 'unknown', batteryPercent: null },
  }
}

/** A batch up to which memory is no worse than with the daemon's own choice. */
const safeBatches = [0, 64, 128, 256, 512]

/** The values that are safe on a computer of which no more is known. */
export function safeValues({ cores, memoryMiB, vramMiB }: RemoteComputer): NonNullable<Problem['allowedValues']> {
  return {
    ...(cores === undefined ? { num_thread: [0] } : {}),
    ...(vramMiB === undefined ? { num_gpu: [-1] } : {}),
    ...(memoryMiB === undefined ? { num_batch: safeBatches } : {}),
  }
}

/** The space with true reasons: where nothing was told, what follows from the profile is no reason. */
export function reasonedForRemote(space: SearchSpace, told: RemoteComputer): SearchSpace {
  const reasons: { [N in ParameterName]?: StudyReason } = {
    ...(told.cores === undefined ? { num_thread: { code: 'study.remoteCoresUntold', values: {} } } : {}),
    ...(told.memoryMiB === undefined ? { num_batch: { code: 'study.remoteMemoryUntold', values: {} } } : {}),
    ...(told.vramMiB === undefined ? { num_gpu: { code: 'study.remoteGraphicsUntold', values: {} } } : {}),
    ...(told.vramMiB === undefined ? { use_mmap: { code: 'study.remoteGraphicsUntold', values: {} } } : {}),
  }
  const reasonFor = (name: string) => Object.entries(reasons).find(([parameter]) => parameter === name)?.[1]
  return {
    ...space,
    ...(told.vramMiB === undefined ? { regimeReason: { code: 'study.remoteRegimeUnknown', values: {} } } : {}),
    dimensions: space.dimensions.map((dimension) => {
      const reason = reasonFor(dimension.name)
      return reason ? { ...dimension, reasons: [reason] } : dimension
    }),
    leftAlone: space.leftAlone.map((left) => ({ ...left, reason: reasonFor(left.name) ?? left.reason })),
  }
}

/** That the plan is for another computer, and what is known of it. */
export function remoteWarning({ cores, memoryMiB, vramMiB }: RemoteComputer): StudyReason {
  const values = Object.fromEntries(
    Object.entries({ cores, memoryMiB, vramMiB }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
  return { code: 'study.remoteDaemon', values }
}
