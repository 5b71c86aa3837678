import type { MachineProfile } from '../../preload/contract/machine.ts'
import { createHistory } from './samplers/history.ts'
import { createPhysics } from './surrogate/physics.ts'
import { graphicsKeys, parameterKeys, thetaPrior } from './surrogate/priors.ts'
import type { Belief, ParameterKey, ThetaBelief } from './surrogate/priors.ts'
import { fitSurrogate } from './surrogate/surrogate.ts'
import type { Observation, Problem, SearchSpace } from './types.ts'

/**
 * How far one machine's parameters differ from model to model, nats: quantisations unpack at different speeds, and
 * layers of other widths fill caches and batches differently.
 */
const betweenModels = 0.15

/** Said of a model and of the daemon's way with it, not of the machine. */
const ofTheModel: readonly ParameterKey[] = ['automaticLayers', 'heating']

/**
 * What a study taught about its machine, for a study of another model on it: the posterior of the physical parameters,
 * as far as models agree in them, and never less sure than for any machine. What `problem.learnt` held is built upon.
 */
export function carryOver(
  problem: Problem,
  space: SearchSpace,
  observations: readonly Observation[],
): Partial<ThetaBelief> {
  const history = createHistory(problem, space)
  for (const observation of observations) history.tell(observation)
  const posterior = fitSurrogate(problem, createPhysics(problem), history.measurements()).theta()
  const general = thetaPrior(problem.machine.gpus.some((gpu) => gpu.unified))
  const carried: Partial<ThetaBelief> = {}
  for (const key of parameterKeys) {
    const belief = posterior[key]
    if (!belief || ofTheModel.includes(key)) continue
    const taught = forAnotherModel(belief, general[key])
    if (taught) carried[key] = taught
  }
  return carried
}

/**
 * What a belief about one model's parameter says of another's on the same machine: both vary with the machine in
 * common and by themselves, so that they correlate with ρ = 1 − σ_m²/σ₀². Null where they vary by themselves alone.
 * Source: conditional normal distribution; mean and variance of θ' given N(m, s²) about θ.
 */
function forAnotherModel({ mean, sd }: Belief, general: Belief): Belief | null {
  const correlation = 1 - (betweenModels / general.sd) ** 2
  if (correlation <= 0) return null
  const explained = correlation ** 2 * (general.sd ** 2 - sd ** 2)
  return {
    mean: general.mean + correlation * (mean - general.mean),
    sd: Math.sqrt(general.sd ** 2 - Math.max(0, explained)),
  }
}

/**
 * The part of what was learnt on one computer that holds on another: what is said of the processor and its memory
 * where the processors are the same, of the graphics cards where these are the same as well. A card alone teaches
 * nothing: on recorded tables what it did beside another processor misled the next search more than it helped.
 */
export function learntFor(
  machine: MachineProfile,
  { machine: other, learnt }: { machine: MachineProfile; learnt: Partial<ThetaBelief> },
): Partial<ThetaBelief> {
  if (!hasSameProcessor(machine, other)) return {}
  const keys = parameterKeys.filter((key) => !graphicsKeys.includes(key) || hasSameGraphics(machine, other))
  return Object.fromEntries(keys.flatMap((key) => (learnt[key] ? [[key, learnt[key]]] : [])))
}

/** Whether what was found of the one's processor and its memory holds for the other. */
export function hasSameProcessor({ cpu: a }: MachineProfile, { cpu: b }: MachineProfile): boolean {
  return a.name === b.name && a.physicalCores === b.physicalCores && a.allowedCores === b.allowedCores
}

function hasSameGraphics({ gpus: a }: MachineProfile, { gpus: b }: MachineProfile): boolean {
  const cards = (gpus: MachineProfile['gpus']) => gpus.map(({ name, totalVramMiB }) => `${name}/${totalVramMiB}`)
  return a.length > 0 && cards(a).join() === cards(b).join()
}
