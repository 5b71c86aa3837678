import type { ProbeResult, ProbeStep } from '../../../preload/contract/machine.ts'

/** A normal belief about a parameter of the physical model, on the scale of its natural logarithm. */
interface LogBelief {
  mean: number
  sd: number
}

/**
 * llama.cpp's decoding of one fast core, in bytes of weights, relative to what the probe reads with one thread. Measured
 * on two cores of an AMD EPYC (Zen 3): 0.75 to 0.85, five times in turn with the built-in engine and a model of 143
 * million weights in Q4_0; about 0.5 with Ollama 0.32 and another small model, on another day.
 */
const decodeShare = 0.7
/**
 * One machine stands behind that share. Quantisations differ by a third either way in what unpacking them costs, and
 * processors in how much wider their vector instructions are than JavaScript's plain additions.
 */
const decodeSd = 0.35

/** Decoding draws less from a saturated memory bus than plain reading does: 0.68 to 0.86 of its nominal rate, not 0.8 to 0.9. */
const saturatedShare = 0.9
const saturationSd = 0.3

/** Where reading gains less than this share of what computing gains from further threads, the memory bus is what holds it up. */
const busBoundShare = 0.75
/** Fewer cores than these saturate hardly any computer: not to have saturated it with them says nothing. */
const fewestTelling = 4
/** A bus that was not saturated is somewhat wider than what was drawn from it, nobody knows how much. */
const unseenHeadroom = 1.3
const unseenSd = 0.4

/**
 * What a probe lets us believe of the physical model's `coreBandwidth` (bytes per second) and `saturatingCores`, as
 * natural logarithms. To be put in the place of the general priors; what earlier studies measured is to be believed
 * before it. `saturatingCores` is missing where the probe could not saturate the memory and so learnt nothing of it.
 */
export function beliefsFrom({ steps }: ProbeResult): Partial<Record<'coreBandwidth' | 'saturatingCores', LogBelief>> {
  const [single] = steps
  if (single?.threads !== 1) return {}
  const coreBandwidth = decodeShare * single.readBytesPerSecond
  const most = (rate: (step: ProbeStep) => number) => Math.max(...steps.map(rate))
  const readingGain = most((step) => step.readBytesPerSecond) / single.readBytesPerSecond
  const computingGain = most((step) => step.multiplyAddsPerSecond) / single.multiplyAddsPerSecond
  const cores = (saturatedShare * readingGain) / decodeShare
  const own = { coreBandwidth: { mean: Math.log(coreBandwidth), sd: decodeSd } }
  if (readingGain < busBoundShare * computingGain) {
    return { ...own, saturatingCores: { mean: Math.log(cores), sd: saturationSd } }
  }
  if (cores < fewestTelling) return own
  return { ...own, saturatingCores: { mean: Math.log(unseenHeadroom * cores), sd: unseenSd } }
}
