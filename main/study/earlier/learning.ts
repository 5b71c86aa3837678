import type { MachineProfile } from '../../../preload/contract/machine.ts'
import type { Learnt, Study } from '../../../preload/contract/study.ts'
import type { ThetaBelief } from '../../search/surrogate/priors.ts'
import { carryOver, learntFor } from '../../search/transfer.ts'
import { searchOf } from '../plan.ts'
import { probeBeliefs } from '../probe/belief.ts'

/** Older studies say little that these do not. */
const mostStudies = 5
/** A study of fewer loads than this knows next to nothing of its machine. */
const fewestLoads = 4

/** Where the next study will run. */
export interface StudyPlace {
  machine: MachineProfile
  daemon: Pick<Study['daemon'], 'kind' | 'url'>
}

/**
 * What earlier studies teach about this computer before the next one begins, the oldest first and each building on
 * those before; null where there is none of it. Studies of another processor, of other programs, or of the same one
 * elsewhere teach nothing.
 *
 * @param studies in any order; those that are not over or measured too little are passed over
 */
export function learnFrom(studies: readonly Study[], place: StudyPlace): Learnt | null {
  const teachers = studies
    .filter((study) => hasEnded(study) && isOfSameDaemon(study, place) && okTrials(study) >= fewestLoads)
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
    .slice(-mostStudies)
  let known: Partial<ThetaBelief> = {}
  let count = 0
  for (const study of teachers) {
    const taught = learntFor(place.machine, { machine: study.machine, learnt: teach(study, place.machine, known) })
    if (Object.keys(taught).length === 0) continue
    known = { ...known, ...taught }
    count += 1
  }
  return count === 0 ? null : { studies: count, parameters: known }
}

/** What one study says of its own machine, with what is known of the place where the same parts are in it. */
function teach(study: Study, machine: MachineProfile, known: Partial<ThetaBelief>): Partial<ThetaBelief> {
  const { problem, space } = searchOf(study)
  const observations = study.trials.flatMap(({ configuration, outcome, fidelity }) =>
    outcome === null ? [] : [{ configuration, outcome, ...(fidelity ? { fidelity } : {}) }],
  )
  const believed = { ...probeBeliefs(study), ...learntFor(study.machine, { machine, learnt: known }) }
  return carryOver({ ...problem, learnt: believed }, space, observations)
}

/** The built-in engine has another port each time it starts, but is always here. */
function isOfSameDaemon({ daemon }: Study, place: StudyPlace): boolean {
  return daemon.kind === place.daemon.kind && (daemon.kind === 'builtIn' || daemon.url === place.daemon.url)
}

function hasEnded({ state }: Study): boolean {
  return state === 'finished' || state === 'stopped'
}

function okTrials({ trials }: Study): number {
  return trials.filter(({ outcome }) => outcome?.kind === 'ok').length
}
