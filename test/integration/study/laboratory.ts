import type { AttuneEvent } from '../../../preload/contract/events.ts'
import type { StudyRequest } from '../../../preload/contract/goal.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { blindWatch } from '../../../main/measure/processor-watch.ts'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import { createRandom } from '../../../main/search/random.ts'
import { newStudy, prepare, type StudyDaemon } from '../../../main/study/prepare.ts'
import { createStudyControl, type StudyControl } from '../../../main/study/run/control.ts'
import { runStudy } from '../../../main/study/run/runner.ts'
import { samplerFor } from '../../../main/study/run/sampler.ts'
import type { ScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import { twoCores } from '../../unit/study/builders.ts'

export const fourCores: MachineProfile = {
  ...twoCores,
  cpu: { ...twoCores.cpu, physicalCores: 4, performanceCores: 4, logicalCores: 4, allowedCores: 4 },
}

export const withGraphics = (vramMiB: number): MachineProfile => ({
  ...fourCores,
  cpu: { ...fourCores.cpu, physicalCores: 8, performanceCores: 8, logicalCores: 8, allowedCores: 8 },
  gpus: [
    {
      name: 'Test GPU',
      vendor: 'nvidia',
      totalVramMiB: vramMiB,
      freeVramMiB: vramMiB,
      unified: false,
      source: 'nvidia-smi',
    },
  ],
})

export const quickChat = (name: string): StudyRequest & { seed: number } => ({
  model: { daemon: 'ollama', name },
  goal: 'chat',
  contextLength: 4096,
  budget: 'quick',
  sampler: 'random',
  seed: 1,
})

export function studyDaemon(scripted: ScriptedDaemon): StudyDaemon {
  const { url, fetch, clock } = scripted
  return {
    daemon: createDaemonClient({ kind: 'ollama', url, fetch, clock }),
    isLocal: true,
    processorWatch: blindWatch,
  }
}

/** The wall clock of a world whose time is the daemon's. */
export const wallClock = (scripted: ScriptedDaemon) => () =>
  new Date(Date.UTC(2026, 0, 1) + scripted.clock.now() * 1000)

export async function freshStudy(
  scripted: ScriptedDaemon,
  request: StudyRequest & { seed: number },
  machine: MachineProfile = fourCores,
  earlier: readonly Study[] = [],
): Promise<Study> {
  const target = studyDaemon(scripted)
  const preparation = await prepare(target, request, calmComputer(machine))
  const identity = { id: 'study-0001', createdAt: '2026-01-01T00:00:00.000Z' }
  return newStudy(request, target, preparation, identity, earlier)
}

export interface Course {
  study: Study
  /** Every state of the journal that was made safe. */
  saved: Study[]
  events: AttuneEvent[]
}

/** Runs a study against the scripted daemon; `onSaved` may press buttons, `onBegun` arrange for it. */
export async function runToEnd(
  scripted: ScriptedDaemon,
  start: Study,
  onSaved: (study: Study, control: StudyControl) => void = () => undefined,
  watches: Pick<StudyDaemon, 'conditionsWatch' | 'powerWatch' | 'probe'> = {},
  onBegun: (control: StudyControl) => void = () => undefined,
): Promise<Course> {
  const saved: Study[] = []
  const events: AttuneEvent[] = []
  const control = createStudyControl()
  onBegun(control)
  const { seed } = start.request
  const target = studyDaemon(scripted)
  const study = await runStudy(start, {
    ...target,
    usualDaemon: target.daemon,
    ...watches,
    clock: scripted.clock,
    now: wallClock(scripted),
    random: createRandom(seed + start.trials.length + 1),
    samplerFor,
    save: (state) => {
      saved.push(state)
      onSaved(state, control)
      return Promise.resolve()
    },
    emit: (event) => events.push(event),
    control,
  })
  return { study, saved, events }
}
