/**
 * Notation of this folder.
 *
 * | symbol | meaning | shape, unit |
 * |---|---|---|
 * | c | configuration: one value per parameter | `Configuration` |
 * | C | candidates: every distinct engine state that may be tried | n |
 * | f(c) | objective, always minimised: seconds, seconds per token, or MiB | positive |
 * | y | log f, as gains are ratios | nats |
 * | σ_w, σ_b | standard deviation of y within one load and between loads | nats |
 * | θ | parameters of the physical mean | per function |
 */
import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { Reason } from '../../preload/contract/estimate.ts'
import type { GoalKind, Workload } from '../../preload/contract/goal.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { Configuration, MemoryEstimate, ModelFacts, ParameterName, Regime } from '../../preload/contract/model.ts'
import type { Fidelity, TrialOutcome } from '../../preload/contract/trial.ts'
import type { ThetaBelief } from './surrogate/priors.ts'

/** Everything known before the first trial. Pure data, apart from the memory prediction. */
export interface Problem {
  machine: MachineProfile
  facts: ModelFacts
  features: DaemonFeatures
  goal: GoalKind
  workload: Workload
  /** Context length the user needs, tokens. */
  contextLength: number
  /** What a trial takes longer that needs another environment than the last; absent: none needs another. */
  restartSeconds?: number
  /** The tag as it is: its own parameters over `automatic`. */
  baseline: Configuration
  /** The only values that may be used, where they are limited (replay on recorded tables). */
  allowedValues?: { [N in ParameterName]?: readonly Configuration[N][] }
  /** What earlier studies or a probe told about this machine, in place of what is believed of any. */
  learnt?: Partial<ThetaBelief>
  /** Predicted memory of a configuration; built on `main/models/memory.ts`. */
  predictMemory(configuration: Configuration): MemoryEstimate
}

/** One varied parameter; `reasons` say why these values and no others. */
export interface Dimension {
  name: ParameterName
  values: Configuration[ParameterName][]
  reasons: Reason[]
}

export interface SearchSpace {
  regime: Regime
  regimeReason: Reason
  dimensions: Dimension[]
  leftAlone: { name: string; reason: Reason }[]
  /** Distinct engine states, the baseline's first. Never empty. */
  candidates: Configuration[]
}

export interface Observation {
  configuration: Configuration
  outcome: TrialOutcome
  /** With what the trial was asked for; absent: measured in full. */
  fidelity?: Fidelity | undefined
}

/** A configuration to be loaded and measured. */
export interface TrialSuggestion {
  kind: 'trial'
  configuration: Configuration
  reason: Reason
  /** A trial whose turn will surely take longer cannot win and may be cut short. */
  abandonAboveTurnSeconds: number | null
  /** A shorter trial suffices; absent: measure in full. To be told again with the outcome. */
  fidelity?: Fidelity | undefined
}

export type Suggestion = TrialSuggestion | { kind: 'stop'; reason: Reason }

/** The seam between a study and any search method. `tell` accepts trials that were never asked for (baseline, resume). */
export interface Sampler {
  ask(): Suggestion
  tell(observation: Observation): void
  /**
   * What all that was told speaks for: the configuration to confirm against the baseline, judged by the sampler's
   * model where it has one, not by the luckiest measurement. The baseline until something better was measured.
   */
  recommend(): Configuration
}

/** `usual`: a search ends when it has little to gain; `thorough`: it goes on for the last percent. */
export type Patience = 'usual' | 'thorough'

export interface SamplerOptions {
  problem: Problem
  space: SearchSpace
  /** Uniform on [0, 1), seeded. */
  random: () => number
  /** Search trials that may still be asked for in all (the baseline's not counted). */
  maximumTrials: number
  /** For samplers that end by themselves; `usual` if absent. */
  patience?: Patience
}
export type CreateSampler = (options: SamplerOptions) => Sampler
