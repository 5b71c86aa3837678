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
  const obstacles = findObstacles(machine, daemons.ollama)
  printLine(
    context,
    [
      table([
        ['Attune', info.version],
        ['data', info.dataFolder],
        ...machineRows(machine),
        ...daemonRows('Ollama', daemons.ollama),
        ...daemonRows('built-in engine', daemons.builtIn),
      ]),
      '',
      ...(obstacles.length === 0 ? ['Nothing stands in the way of a study.'] : obstacles),
    ].join('\n'),
  )
  return obstacles.length === 0 ? exitCodes.done : exitCodes.failed
}

function machineRows({ os, cpu, memory, gpus, otherGraphics, power }: MachineProfile): string[][] {
  const cores = `${cpu.performanceCores} fast + ${cpu.efficiencyCores} slow cores, ${cpu.logicalCores} threads, ${cpu.allowedCores} usable here`
  const limit = memory.limitMiB === null ? '' : `, limited to ${gibibytes(memory.limitMiB)}`
  const battery = power.batteryPercent === null ? '' : ` (${power.batteryPercent} %)`
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

function findObstacles(machine: MachineProfile, ollama: DaemonStatus): string[] {
  const obstacles: string[] = []
  if (ollama.problem !== null) obstacles.push(`${ollama.problem.message} ${ollama.problem.hint}`)
  if (!ollama.isLocal) obstacles.push('Ollama runs on another computer: what is said of this one does not hold there.')
  if (machine.power.source === 'battery')
    obstacles.push('On battery: plug in, or the computer slows down in mid-study.')
  if (machine.memory.availableMiB < 1024) obstacles.push('Less than 1 GB of memory is free: close other programs.')
  return obstacles
}
