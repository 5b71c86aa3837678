import { conditionsOf } from '../hardware/conditions/conditions.ts'
import { freeOnCardsMiB, readGraphicsLoads } from '../hardware/conditions/graphics-load.ts'
import { readConditions, readPowerSource } from '../hardware/conditions/read-conditions.ts'
import { readAvailableMiB } from '../hardware/memory.ts'
import { probeMachine } from '../hardware/probe/probe.ts'
import { toolLimitSeconds } from '../hardware/profile.ts'
import { realSources } from '../hardware/sources.ts'
import { systemClock } from '../ollama/clock.ts'
import type { StudyDaemon } from '../study/prepare.ts'

/** Long enough to tell how busy the processor is. */
export const processorLookSeconds = 0.5

type Watches = Pick<StudyDaemon, 'memoryWatch' | 'conditionsWatch' | 'graphicsMemoryWatch' | 'powerWatch' | 'probe'>

/** What studies on this computer look at before and while they run. */
export function watchesOf(platform: string): Watches {
  const sources = () => realSources(toolLimitSeconds)
  // The processor watch sees nothing on Windows; elsewhere it sees more than a look in between could.
  const wait = platform === 'win32' ? { wait: () => systemClock.sleep(processorLookSeconds) } : {}
  return {
    ...memoryWatchOf(platform),
    conditionsWatch: async (own) => conditionsOf(await readConditions(sources(), wait), own),
    graphicsMemoryWatch: async () => freeOnCardsMiB(await readGraphicsLoads(sources())),
    powerWatch: () => readPowerSource(sources()),
    probe: probeMachine,
  }
}

/** On macOS only a program of its own tells what is left: too much to ask again and again beside a measurement. */
function memoryWatchOf(platform: string): Pick<Watches, 'memoryWatch'> {
  if (platform === 'darwin') return {}
  // What Node tells of memory it tells when it is asked for its sources; Linux has files for it.
  const linuxSources = realSources(toolLimitSeconds)
  const sources = platform === 'linux' ? () => linuxSources : () => realSources(toolLimitSeconds)
  return { memoryWatch: () => readAvailableMiB(sources()) }
}
