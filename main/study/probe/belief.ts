import type { MachineProfile, ProbeResult } from '../../../preload/contract/machine.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { beliefsFrom } from '../../hardware/probe/beliefs.ts'
import { thetaPrior, type Belief, type ThetaBelief } from '../../search/surrogate/priors.ts'
import { hasSameProcessor } from '../../search/transfer.ts'

/**
 * What is believed of this computer after a look at it: what holds of any, weighed with what the look says. A look that
 * was disturbed says little and moves little; none leaves anyone less sure than before.
 */
export function probeBeliefs({ probe, machine }: Pick<Study, 'probe' | 'machine'>): Partial<ThetaBelief> {
  if (!probe) return {}
  const general = thetaPrior(machine.gpus.some(({ unified }) => unified))
  const { coreBandwidth, saturatingCores } = beliefsFrom(probe)
  return {
    ...(coreBandwidth && { coreBandwidth: weighed(general.coreBandwidth, coreBandwidth) }),
    ...(saturatingCores && { saturatingCores: weighed(general.saturatingCores, saturatingCores) }),
  }
}

/** Posterior of a normal belief and a normal likelihood: precisions add up, and the means weigh by them. */
function weighed(before: Belief, seen: Belief): Belief {
  const [own, other] = [before.sd ** -2, seen.sd ** -2]
  return { mean: (own * before.mean + other * seen.mean) / (own + other), sd: (own + other) ** -0.5 }
}

/** What the studies before know by measurement, before what a look at the computer suggests. */
export function beliefsOf(study: Pick<Study, 'probe' | 'machine' | 'learnt'>): Partial<ThetaBelief> {
  return { ...probeBeliefs(study), ...study.learnt?.parameters }
}

/** What a look at this computer found before any of these studies, newest first; undefined where none had one. */
export function probedBefore(earlier: readonly Study[], machine: MachineProfile): ProbeResult | undefined {
  const lookedAt = earlier.find(({ probe, machine: other }) => probe && hasSameProcessor(machine, other))
  return lookedAt?.probe ?? undefined
}
