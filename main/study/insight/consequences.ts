import type { ObjectiveName } from '../../../preload/contract/insight.ts'
import type { MemoryEstimate } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { InsightReason } from '../../words/insight.ts'
import type { MeasuredSetup } from './setups.ts'

/** The wait for the first word is worth a sentence of its own when it changes by this much more than the reply, percent. */
const notableDifference = 10

/** What choosing a setup means for the person: its speed compared with now, and the memory left for everything else. */
export function consequencesOf(study: Study, setup: MeasuredSetup, present: MeasuredSetup): InsightReason[] {
  const change = (name: ObjectiveName) => (setup.costs[name] / present.costs[name] - 1) * 100
  const isPresent = setup === present
  const reply = change('turnSeconds')
  const firstWord = change('ttftSeconds')
  return [
    isPresent
      ? { code: 'insight.isPresent', values: {} }
      : { code: 'insight.replyTakes', values: { change: reply, seconds: setup.costs.turnSeconds } },
    ...(!isPresent && Math.abs(firstWord - reply) >= notableDifference
      ? [{ code: 'insight.firstWordTakes', values: { change: firstWord, seconds: setup.costs.ttftSeconds } } as const]
      : []),
    memoryConsequence(study, setup.memory, present),
    ...(setup.loads === 1 ? [{ code: 'insight.measuredOnce', values: {} } as const] : []),
  ]
}

function memoryConsequence(study: Study, memory: MemoryEstimate, present: MeasuredSetup): InsightReason {
  const { ramMiB, vramMiB } = memory
  const { gpus, memory: whole } = study.machine
  // Another computer's memory is not known.
  if (study.plan.warnings.some(({ code }) => code === 'study.remoteDaemon')) {
    return { code: 'insight.takesMemory', values: { ramMiB, vramMiB } }
  }
  const wasLoaded = study.loadedBefore?.some(({ name }) => name === study.model.ref.name) ?? false
  const isShared = gpus.some(({ unified }) => unified)
  const taken = ({ ramMiB, vramMiB }: MemoryEstimate) => ramMiB + (isShared ? vramMiB : 0)
  const freeBefore = whole.availableMiB + (wasLoaded ? taken(present.memory) : 0)
  const leftMiB = Math.max(0, freeBefore - taken(memory))
  const freeVram = gpus.map(({ freeVramMiB }) => freeVramMiB)
  if (vramMiB === 0 || isShared || freeVram.includes(null)) return { code: 'insight.leavesMemory', values: { leftMiB } }
  const freeVramBefore = freeVram.reduce<number>((sum, free) => sum + (free ?? 0), 0)
  const leftVramMiB = Math.max(0, freeVramBefore + (wasLoaded ? present.memory.vramMiB : 0) - vramMiB)
  return { code: 'insight.leavesMemories', values: { leftMiB, leftVramMiB } }
}
