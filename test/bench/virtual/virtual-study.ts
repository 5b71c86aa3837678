import type { AttuneEvent } from '../../../preload/contract/events.ts'
import type { BudgetKind, GoalKind, StudyRequest } from '../../../preload/contract/goal.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { blindWatch } from '../../../main/measure/processor-watch.ts'
import { createSampler } from '../../../main/search/create-sampler.ts'
import type { SamplerKind } from '../../../main/search/create-sampler.ts'
import { createRandom } from '../../../main/search/random.ts'
import { buildSpace } from '../../../main/search/space.ts'
import type { CreateSampler, Problem, SearchSpace } from '../../../main/search/types.ts'
import { budgetFor } from '../../../main/study/goals.ts'
import { searchOf } from '../../../main/study/plan.ts'
import { newStudy, prepare } from '../../../main/study/prepare.ts'
import { createStudyControl } from '../../../main/study/run/control.ts'
import { runStudy } from '../../../main/study/run/runner.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import type { Table } from '../tables.ts'
import { speedLeftBy, watchOver } from './background.ts'
import type { BackgroundProgram } from './background.ts'
import { createVirtualDaemon, virtualModel } from './virtual-daemon.ts'
import type { VirtualLoad } from './virtual-daemon.ts'
import { createVirtualTime } from './virtual-time.ts'

/** A study that was planned and can be run with any number of seeds. */
export interface PlannedReplay {
  table: Table
  study: Study
  allowedValues: Problem['allowedValues']
  create: CreateSampler
}

/** What happens in a study besides the noise of its table. */
export interface Circumstances {
  program?: BackgroundProgram | null
  /** Whether the system's processor times can be read, and so tell of the program. */
  isSeen?: boolean
  /** Drawn for each repetition: how many times slower it is than it should be. */
  hiccup?: () => number
  /** Is told what a window would be told, at its virtual second. */
  onEvent?: (event: AttuneEvent, atSeconds: number) => void
}

export interface StudyReplay {
  /** As it ended. */
  study: Study
  loads: readonly VirtualLoad[]
  secondsPaid: number
}

const epoch = Date.UTC(2026, 0, 1)

/**
 * Plans a study of a table as the app does, and leaves of its space what the table has rows for.
 *
 * @param method one of the app, or the benchmark's own
 */
export async function planReplay(
  table: Table,
  goal: GoalKind,
  budget: BudgetKind,
  method: SamplerKind | CreateSampler,
): Promise<PlannedReplay> {
  const { machine, contextLength, allowedValues } = table.problemOf(goal)
  const daemon = createVirtualDaemon({ table, random: createRandom(0), time: createVirtualTime() })
  const target = { daemon, isLocal: true, processorWatch: blindWatch }
  const model = { daemon: daemon.kind, name: virtualModel }
  const [sampler, create] =
    typeof method === 'string' ? ([method, createSampler(method)] as const) : (['bayes', method] as const)
  const request: StudyRequest & { seed: number } = { model, goal, contextLength, budget, sampler, seed: 0 }
  const preparation = await prepare(target, request, calmComputer(machine))
  const identity = { id: `replay-${budget}-${goal}`, createdAt: new Date(epoch).toISOString() }
  const study = newStudy(request, target, preparation, identity)
  return { table, study, allowedValues, create }
}

/** The search of a study as it stands, confined to what the table has rows for. */
function searchOn({ table, allowedValues }: PlannedReplay, study: Study): { problem: Problem; space: SearchSpace } {
  const problem = { ...searchOf(study).problem, ...(allowedValues ? { allowedValues } : {}) }
  const space = buildSpace(problem)
  const candidates = space.candidates.filter((configuration) => table.row(configuration))
  return { problem, space: { ...space, candidates } }
}

/**
 * Runs a whole study by the code that the app runs, in virtual time: the same seed gives the same study, whatever
 * runs beside it.
 */
export async function replayStudy(
  planned: PlannedReplay,
  seed: number,
  { program = null, isSeen = false, hiccup = () => 1, onEvent }: Circumstances = {},
): Promise<StudyReplay> {
  const { table, study } = planned
  const time = createVirtualTime()
  const left = program ? speedLeftBy(program) : () => 1
  const speedLeft = (nowSeconds: number) => left(nowSeconds) / hiccup()
  const daemon = createVirtualDaemon({ table, random: createRandom(seed), time, speedLeft })
  const processorWatch =
    program && isSeen ? watchOver(program, study.machine.cpu.allowedCores, time, daemon) : blindWatch
  const budget = budgetFor(study.request.budget)
  const start = { ...study, request: { ...study.request, seed } }
  const ended = await time.withTimers(() =>
    runStudy(start, {
      daemon,
      usualDaemon: daemon,
      processorWatch,
      graphicsMemoryWatch: () => Promise.resolve(daemon.freeVramMiB()),
      clock: time,
      now: () => new Date(epoch + time.now() * 1000),
      random: createRandom(seed + 2e6),
      samplerFor: (state) =>
        planned.create({
          ...searchOn(planned, state),
          random: createRandom(seed + 1e6),
          maximumTrials: budget.searchLoads,
          patience: budget.patience,
        }),
      save: () => Promise.resolve(),
      emit: (event) => onEvent?.(event, time.now()),
      control: createStudyControl(),
    }),
  )
  return { study: ended, loads: daemon.loads, secondsPaid: time.now() }
}
