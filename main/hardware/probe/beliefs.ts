import type { ProbeResult, ProbeStep } from '../../../preload/contract/machine.ts'

/** A normal belief about a parameter of the physical model, on the scale of its natural logarithm. */
interface LogBelief {
  mean: number
  sd: number
}

/**
 * llama.cpp's decoding on one fast core, in bytes of weights, relative to what the probe reads with one thread. Measured
 * in turn with the built-in engine on two cores of an AMD EPYC (Zen 3), Q4_0: 0.75 to 0.85 with a model of 80 MB (five
 * times), 0.77 to 0.96 with one of 365 MB (three times), 9 to 11 GB/s against 11.4; with Ollama 0.32 and a model of
 * 85 MB 4.8 GB/s on such a computer on another day, which is about half of what the probe reads.
 */
const decodeShare = 0.75
/**
 * One kind of machine stands behind that share. Quantisations differ by a third either way in what unpacking them costs,
 * and processors in how much wider their vector instructions are than JavaScript's plain additions.
 */
const decodeSd = 0.35

/** Of a saturated memory bus' nominal rate, decoding draws 0.68 to 0.86, plain reading about 0.85. */
const saturatedShare = 0.9
const saturationSd = 0.3

/** Where reading gains less than this share of what computing gains from further threads, the bus holds it up. */
const busBoundShare = 0.7
/** With fewer cores than these hardly any computer's memory is saturated, and noise decides what it looks like. */
const fewestTelling = 3
/** A bus that was not saturated is somewhat wider than what was drawn from it, nobody knows how much. */
const unseenHeadroom = 1.3
const unseenSd = 0.4

/**
 * What a probe says of the physical model's `coreBandwidth` (bytes per second) and `saturatingCores`, as natural
 * logarithms: a likelihood, to be weighed with what is believed of any computer. The further its rounds differ, the
 * less it says. `saturatingCores`, which rests on two rates, is missing where there are too few cores to tell.
 */
export function beliefsFrom({
  steps,
  spread,
}: ProbeResult): Partial<Record<'coreBandwidth' | 'saturatingCores', LogBelief>> {
  const [single] = steps
  if (single?.threads !== 1) return {}
  const coreBandwidth = { mean: Math.log(decodeShare * single.readBytesPerSecond), sd: Math.hypot(decodeSd, spread) }
  const most = (rate: (step: ProbeStep) => number) => Math.max(...steps.map(rate))
  const readingGain = most((step) => step.readBytesPerSecond) / single.readBytesPerSecond
  const computingGain = most((step) => step.multiplyAddsPerSecond) / single.multiplyAddsPerSecond
  const cores = (saturatedShare * readingGain) / decodeShare
  if (computingGain < fewestTelling) return { coreBandwidth }
  const isSaturated = readingGain < busBoundShare * computingGain
  const noise = Math.SQRT2 * spread
  const saturatingCores = isSaturated
    ? { mean: Math.log(cores), sd: Math.hypot(saturationSd, noise) }
    : { mean: Math.log(unseenHeadroom * cores), sd: Math.hypot(unseenSd, noise) }
  return { coreBandwidth, saturatingCores }
}
