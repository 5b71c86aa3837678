import type { DaemonStatus } from '../../../preload/contract/daemon.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { printLine, type Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { CliText } from './format.ts'
import { table } from './terminal.ts'

/** Prints the computer, the daemons and whatever would stop a study. Resolves with the exit code. */
export async function doctor(context: Context): Promise<number> {
  const [machine, daemons, info] = await Promise.all([
    context.api['machine.profile']({}),
    context.api['daemon.status']({}),
    context.api['app.info']({}),
  ])
  const { text } = context
  const words = text.words.doctor
  const findings = diagnose(text, machine, daemons.ollama)
  printLine(
    context,
    [
      table([
        ['Attune', info.version],
        ...info.runtimes.map(({ name, version }) => [name, version]),
        [words.data, info.dataFolder],
        ...machineRows(text, machine),
        ...daemonRows(text, 'Ollama', daemons.ollama, words.daemonState),
        ...daemonRows(text, words.builtIn, daemons.builtIn, { ...words.daemonState, stopped: words.builtInStopped }),
      ]),
      '',
      ...(findings.length === 0 ? [words.ready] : findings.map(({ sentence }) => sentence)),
    ].join('\n'),
  )
  return findings.some(({ stopsStudies }) => stopsStudies) ? exitCodes.failed : exitCodes.done
}

function machineRows(text: CliText, { os, cpu, memory, gpus, otherGraphics, power }: MachineProfile): string[][] {
  const words = text.words.doctor
  const limit = memory.limitMiB === null ? null : text.memory(memory.limitMiB)
  const battery = power.batteryPercent === null ? '' : ` (${power.batteryPercent}%)`
  return [
    [words.system, `${os.name} ${os.release}`],
    [words.processor, cpu.name],
    [words.cores, words.coreCounts(cpu)],
    [words.memory, words.memoryFree(text.memory(memory.totalMiB), text.memory(memory.availableMiB), limit)],
    ...gpus.map((gpu) => {
      const free = gpu.freeVramMiB === null ? null : text.memory(gpu.freeVramMiB)
      const size = words.graphicsMemory(text.memory(gpu.totalVramMiB), gpu.unified, free)
      return [words.graphics, `${gpu.name}, ${size} (${gpu.source})`]
    }),
    ...otherGraphics.map(({ name, why }) => [words.graphics, `${name}: ${why}`]),
    ...(gpus.length + otherGraphics.length === 0 ? [[words.graphics, words.noGraphics]] : []),
    [words.power, words.powerSources[power.source] + battery],
  ]
}

function daemonRows(
  { words: { doctor } }: CliText,
  name: string,
  { state, url, version, features }: DaemonStatus,
  states: Record<DaemonStatus['state'], string>,
): string[][] {
  // Where nothing runs, nothing is to be found at the address.
  const isThere = state === 'running' || state === 'unreachable'
  const has = Object.entries(features)
    .filter(([, isSupported]) => isSupported)
    .map(([feature]) => feature)
  return [
    [name, isThere ? doctor.daemonAt(states[state], url, version) : states[state]],
    ...(version === null ? [] : [[`  ${doctor.features}`, has.join(', ')]]),
  ]
}

interface Finding {
  sentence: string
  /** Whether no study could run at all; anything else is worth knowing only. */
  stopsStudies: boolean
}

/** Under this much free memory even the practice model would push the computer into swapping. */
const leastFreeMiB = 512

function diagnose(text: CliText, { power, memory }: MachineProfile, ollama: DaemonStatus): Finding[] {
  const words = text.words.doctor
  const findings: Finding[] = []
  const note = (sentence: string) => findings.push({ sentence, stopsStudies: false })
  if (ollama.problem !== null) note(`${ollama.problem.message} ${ollama.problem.hint}`)
  if (!ollama.isLocal) note(words.otherComputer)
  if (power.source === 'battery') note(words.onBattery)
  if (memory.availableMiB < leastFreeMiB) {
    findings.push({ sentence: words.lowMemory(text.memory(memory.availableMiB)), stopsStudies: true })
  }
  return findings
}
