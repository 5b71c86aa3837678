import type { Reason } from '../../../preload/contract/estimate.ts'
import type { machineSentences } from '../../words/machine.ts'
import type { MachineConditions } from './read-conditions.ts'

/** A condition under which measuring is unsteady or may fail, with the words for it in words/machine.ts. */
export interface Condition extends Reason {
  code: keyof typeof machineSentences
}

/** What is ours and therefore no disturbance. */
export interface OwnUse {
  /** This program's processes; the daemon's, too, where it works for us. */
  pids: readonly number[]
  /** Graphics memory that the daemon's loaded models hold. */
  vramMiB: number
  /** Ordinary memory that they hold. */
  ramMiB: number
}

/** From these on a measurement suffers by more than its ordinary noise of a few percent. */
const busyProcessorShare = 0.15
const busyGraphicsShare = 0.2
const busyUnitShare = 0.5
const hotGraphicsCelsius = 87
/** A desktop and its browser take this much of a card; a game or another model takes more. */
const ordinaryVramMiB = 1024
const ordinaryVramShare = 0.15
/** Free memory below these lets the system swap and may stop the daemon. */
const shortMemoryMiB = 1024
const shortMemoryShare = 0.1
/** Journals and certificates are small; the daemon writes its logs and blobs on the same disk as a rule. */
const shortDiskMiB = 2048
/** A program is named if it takes this share of what others take. */
const culpritShare = 0.5

/** What is wrong with the computer's condition, the worst for measurements first; empty if nothing is. */
export function conditionsOf(conditions: MachineConditions, own: OwnUse): Condition[] {
  return [
    ...processorCondition(conditions, own),
    ...graphicsConditions(conditions, own),
    ...heatConditions(conditions),
    ...powerConditions(conditions),
    ...memoryCondition(conditions, own),
    ...diskCondition(conditions),
  ]
}

/** Those that come and go and change what is measured. */
const passing: readonly string[] = ['machine.busyProcessor', 'machine.busyProcessorBy', 'machine.busyGraphics']
/** How the computer is fed: figures from before and after a change cannot be compared. */
const ofPower: readonly string[] = ['machine.onBattery', 'machine.powerSaver']
/** Those under which all trials are equally slow, unless they begin in the middle of one. */
const lasting: readonly string[] = [...ofPower, 'machine.lowMemory', 'machine.lowMemoryWsl', 'machine.lowMemoryLimited']
const ofHeat: readonly string[] = ['machine.hot', 'machine.hotAt']

/**
 * The conditions for which a trial is to be marked and repeated. Heat is none of them: a study heats the computer by
 * itself, so the baseline's repetitions watch for it.
 *
 * @param now at one end of the trial, the daemon at rest
 * @param usual at its other end
 */
export function disturbancesAmong(now: readonly Condition[], usual: readonly Condition[]): Condition[] {
  const isNew = ({ code }: Condition) => !usual.some((other) => other.code === code)
  return now.filter(
    (condition) => passing.includes(condition.code) || (lasting.includes(condition.code) && isNew(condition)),
  )
}

/** Whether a condition changes the figures of a trial, be it marked for that alone or repeated as well. */
export function bearsOnSpeed({ code }: Reason): boolean {
  return passing.includes(code) || lasting.includes(code) || ofHeat.includes(code)
}

/** Whether figures with and without this condition are those of two different computers. */
export function isOfPower({ code }: Reason): boolean {
  return ofPower.includes(code)
}

function processorCondition({ processor }: MachineConditions, { pids }: OwnUse): Condition[] {
  if (processor === null) return []
  const foreign = processor.programs.filter(({ pid }) => !pids.includes(pid))
  const ownShare = sum(processor.programs.filter(({ pid }) => pids.includes(pid)).map(({ share }) => share))
  const others = processor.busyShare - ownShare
  if (others < busyProcessorShare) return []
  const percent = Math.round(100 * others)
  const byName = new Map<string, number>()
  for (const { name, share } of foreign) byName.set(name, (byName.get(name) ?? 0) + share)
  const culprit = [...byName].toSorted((a, b) => b[1] - a[1])[0]
  if (culprit === undefined || culprit[1] < culpritShare * others)
    return [{ code: 'machine.busyProcessor', values: { percent } }]
  return [{ code: 'machine.busyProcessorBy', values: { percent, name: culprit[0] } }]
}

function graphicsConditions({ graphics }: MachineConditions, { vramMiB }: OwnUse): Condition[] {
  // Which card holds how much of ours is not known, so what is ours is taken off the fullest first.
  let ours = vramMiB
  return graphics.flatMap(({ name, busyShare, isUnit, totalMiB, freeMiB, celsius }) => {
    const used = freeMiB === null ? 0 : totalMiB - freeMiB
    const taken = Math.max(0, used - ours)
    ours = Math.max(0, ours - used)
    const found: Condition[] = []
    if (busyShare !== null && busyShare >= (isUnit ? busyUnitShare : busyGraphicsShare)) {
      found.push({ code: 'machine.busyGraphics', values: { name, percent: Math.round(100 * busyShare) } })
    }
    if (taken > Math.max(ordinaryVramMiB, ordinaryVramShare * totalMiB)) {
      found.push({ code: 'machine.fullGraphics', values: { name, usedMiB: taken, totalMiB } })
    }
    if (celsius !== null && celsius >= hotGraphicsCelsius) {
      found.push({ code: 'machine.hotAt', values: { name, celsius } })
    }
    return found
  })
}

function heatConditions({ heat }: MachineConditions): Condition[] {
  if (heat === null || !heat.isHot) return []
  if (heat.celsius === null) return [{ code: 'machine.hot', values: {} }]
  return [{ code: 'machine.hotAt', values: { name: 'The processor', celsius: heat.celsius } }]
}

function powerConditions({ power, isSavingPower }: MachineConditions): Condition[] {
  const saver: Condition[] = isSavingPower === true ? [{ code: 'machine.powerSaver', values: {} }] : []
  return power.source === 'battery' ? [...saver, { code: 'machine.onBattery', values: {} }] : saver
}

function memoryCondition({ memory, environment }: MachineConditions, { ramMiB }: OwnUse): Condition[] {
  const { totalMiB, limitMiB } = memory
  const wholeMiB = limitMiB ?? totalMiB
  const availableMiB = Math.min(wholeMiB, memory.availableMiB + ramMiB)
  if (availableMiB >= Math.min(wholeMiB / 2, Math.max(shortMemoryMiB, shortMemoryShare * wholeMiB))) return []
  const values = { availableMiB, wholeMiB }
  if (limitMiB !== null) return [{ code: 'machine.lowMemoryLimited', values }]
  return [{ code: environment === 'wsl' ? 'machine.lowMemoryWsl' : 'machine.lowMemory', values }]
}

function diskCondition({ freeDiskMiB }: MachineConditions): Condition[] {
  if (freeDiskMiB === null || freeDiskMiB >= shortDiskMiB) return []
  return [{ code: 'machine.lowDisk', values: { freeMiB: freeDiskMiB } }]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
