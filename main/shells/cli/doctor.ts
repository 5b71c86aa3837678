import type { DaemonStatus } from '../../../preload/contract/daemon.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { printLine, type Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { gibibytes } from './format.ts'
import { table } from './terminal.ts'

/** Prints the computer, the daemons and whatever would stop a study. Resolves with the exit code. */
export async function doctor(context: Context): Promise<number> {
  const [machine, daemons, info] = await Promise.all([
    context.api['machine.profile']({}),
    context.api['daemon.status']({}),
    context.api['app.info']({}),
  ])
  const findings = diagnose(machine, daemons.ollama)
  printLine(
    context,
    [
      table([
        ['Attune', info.version],
        ...info.runtimes.map(({ name, version }) => [name, version]),
        ['data', info.dataFolder],
        ...machineRows(machine),
        ...daemonRows('Ollama', daemons.ollama),
        ...daemonRows('built-in engine', daemons.builtIn),
      ]),
      '',
      ...(findings.length === 0 ? ['Nothing stands in the way of a study.'] : findings.map(({ text }) => text)),
    ].join('\n'),
  )
  return findings.some(({ stopsStudies }) => stopsStudies) ? exitCodes.failed : exitCodes.done
}

function machineRows({ os, cpu, memory, gpus, otherGraphics, power }: MachineProfile): string[][] {
  const cores = `${cpu.performanceCores} fast + ${cpu.efficiencyCores} slow cores, ${cpu.logicalCores} threads, ${cpu.allowedCores} usable here`
  const limit = memory.limitMiB === null ? '' : `, limited to ${gibibytes(memory.limitMiB)}`
  const battery = power.batteryPercent === null ? '' : ` (${power.batteryPercent}%)`
  return [
    ['system', `${os.name} ${os.release}`],
    ['processor', cpu.name],
    ['cores', cores],
    ['memory', `${gibibytes(memory.totalMiB)}, ${gibibytes(memory.availableMiB)} free${limit}`],
    ...gpus.map((gpu) => {
      const free = gpu.freeVramMiB === null ? '' : `, ${gibibytes(gpu.freeVramMiB)} free`
      return [
        'graphics',
        `${gpu.name}, ${gibibytes(gpu.totalVramMiB)}${gpu.unified ? ' shared' : ''}${free} (${gpu.source})`,
      ]
    }),
    ...otherGraphics.map(({ name, why }) => ['graphics', `${name}: ${why}`]),
    ...(gpus.length + otherGraphics.length === 0 ? [['graphics', 'none found']] : []),
    ['power', `${power.source}${battery}`],
  ]
}

function daemonRows(name: string, status: DaemonStatus): string[][] {
  const version = status.version === null ? '' : `, version ${status.version}`
  const features = Object.entries(status.features)
    .filter(([, has]) => has)
    .map(([feature]) => feature)
  return [
    [name, `${status.state} at ${status.url}${version}`],
    ...(status.version === null ? [] : [[`  features`, features.join(', ')]]),
  ]
}

interface Finding {
  text: string
  /** Whether no study could run at all; anything else is worth knowing only. */
  stopsStudies: boolean
}

/** Under this much free memory even the practice model would push the computer into swapping. */
const leastFreeMiB = 512

function diagnose(machine: MachineProfile, ollama: DaemonStatus): Finding[] {
  const findings: Finding[] = []
  const note = (text: string) => findings.push({ text, stopsStudies: false })
  if (ollama.problem !== null) note(`${ollama.problem.message} ${ollama.problem.hint}`)
  if (!ollama.isLocal) note('Ollama runs on another computer: what is said of this one does not hold there.')
  if (machine.power.source === 'battery') note('On battery: plug in, or the computer may slow down in mid-study.')
  if (machine.memory.availableMiB < leastFreeMiB) {
    const free = gibibytes(machine.memory.availableMiB)
    findings.push({ text: `Only ${free} of memory are free: close other programs first.`, stopsStudies: true })
  }
  return findings
}
