import type { DaemonStatus } from '../../../preload/contract/daemon.ts'
import type { Cpu, Gpu, MachineProfile } from '../../../preload/contract/machine.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'

/** Step 1: the computer and what runs models on it. */
export function computerWords(format: Format) {
  return {
    heading: 'Your computer',
    lead: 'Attune finds the settings with which a model runs best here, and proves it by measuring. This is what it has to work with. Everything stays on this computer.',
    looking: 'Looking at your computer…',
    forward: 'Choose a model',
    processor: 'Processor',
    memory: 'Memory',
    graphics: 'Graphics',
    power: 'Power',

    cores: (cpu: Cpu) => {
      const kinds =
        cpu.efficiencyCores > 0
          ? `${cpu.performanceCores} fast and ${cpu.efficiencyCores} efficient cores`
          : plural(cpu.physicalCores, format.integer(cpu.physicalCores), 'core', 'cores')
      const threads = cpu.logicalCores > cpu.physicalCores ? `, ${cpu.logicalCores} threads` : ''
      const limit = cpu.allowedCores < cpu.logicalCores ? `. ${cpu.allowedCores} may be used here` : ''
      return `${kinds}${threads}${limit}`
    },
    memoryTotal: ({ totalMiB, limitMiB }: MachineProfile['memory']) => format.memory.of(limitMiB ?? totalMiB),
    memoryFree: ({ availableMiB, limitMiB, totalMiB }: MachineProfile['memory']) =>
      limitMiB === null
        ? `${format.memory.of(availableMiB)} free`
        : `${format.memory.of(availableMiB)} free; limited here, the computer has ${format.memory.of(totalMiB)}`,

    noGraphics: 'None that helps',
    noGraphicsDetail: 'Models run on the processor.',
    graphicsMemory: ({ totalVramMiB, freeVramMiB, unified }: Gpu) => {
      const total = format.memory.of(totalVramMiB)
      if (unified) return `Shares the memory, uses up to ${total}`
      return freeVramMiB === null ? `${total} of its own` : `${total} of its own, ${format.memory.of(freeVramMiB)} free`
    },
    furtherGraphics: (gpu: Gpu) => `Also: ${gpu.name}, ${format.memory.of(gpu.totalVramMiB)}`,
    unusedGraphics: ({ name, why }: MachineProfile['otherGraphics'][number]) => `${name} is not used: ${why}`,

    powerSource: ({ source, batteryPercent }: MachineProfile['power']) => {
      switch (source) {
        case 'mains':
          return 'Plugged in'
        case 'battery':
          return batteryPercent === null ? 'On battery' : `On battery, ${format.percent.of(batteryPercent)}`
        case 'unknown':
          return 'Unknown'
      }
    },
    powerAdvice: ({ source }: MachineProfile['power']): string => {
      switch (source) {
        case 'mains':
          return 'Good: speed stays steady.'
        case 'battery':
          return 'Speed may vary.'
        case 'unknown':
          return 'If this is a laptop, plug it in.'
      }
    },
    onBattery:
      'On battery the processor slows down to save power, and what is measured now may not hold later. Plug the computer in first.',

    daemons: 'What runs your models',
    ollama: {
      running: 'Ollama is running',
      stopped: 'Ollama is installed but not running',
      missing: 'Ollama is not installed',
      unreachable: 'Ollama cannot be reached',
    } satisfies Record<DaemonStatus['state'], string>,
    ollamaDetail: ({ state, version, url, isLocal, problem }: DaemonStatus) => {
      switch (state) {
        case 'running': {
          const where = isLocal ? url : `${url}. That is another computer: what is shown above is not its hardware`
          return version === null ? where : `Version ${version} at ${where}`
        }
        case 'stopped':
          return 'Start it to tune the models that you have in it.'
        case 'missing':
          return 'You can install it and come back, or go on without it.'
        case 'unreachable':
          return problem === null ? `Nothing answers properly at ${url}.` : `${problem.message} ${problem.hint}`
      }
    },
    remote: {
      lead: 'What is it like, that other computer? What you do not know may stay empty: then Attune leaves alone what depends on it.',
      cores: 'Its cores',
      memory: 'Its memory, GB',
      graphics: 'Its graphics memory, GB (0: none)',
      save: 'Remember this',
    },
    startOllama: 'Start Ollama',
    startingOllama: 'Starting Ollama…',
    installOllama: 'Get Ollama',
    checkAgain: 'Check again',
    builtIn: "Attune's own engine is ready",
    builtInDetail: (hasOllama: boolean): string =>
      hasOllama
        ? 'It runs model files (GGUF) from your disk, and a small practice model to try Attune with.'
        : 'You can go on with it now: it runs model files (GGUF) from your disk, and a small practice model to try Attune with.',
  }
}
