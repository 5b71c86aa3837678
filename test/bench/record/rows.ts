import { mean } from 'simple-statistics'
import type { Configuration } from '../../../preload/contract/model.ts'
import { parameterNames } from '../../../preload/contract/model.ts'
import type { OkOutcome, Repetition } from '../../../preload/contract/trial.ts'
import { pooledVariance } from '../../../main/statistics/statistics.ts'
import { textsOf } from '../tables/rows.ts'
import type { RecordedLoad, Recording } from './recording.ts'
import { everyConfiguration, isSameState } from './space.ts'

const rowColumns = ['outcome', 'load_s', 'ttft_s', 'prefill_tps', 'decode_tps', 'ram_mib', 'vram_mib']
const repetitionColumns =
  'load,repetition,warmup,load_s,ttft_s,prompt_tokens,prefill_tps,output_tokens,decode_tps,ram_mib,vram_mib'

/** `rows.csv` of a recording: the means of each configuration's loads, header line first. */
export function rowLines(recording: Recording): string[] {
  const { setting, loads } = recording
  const lines = everyConfiguration(setting.knobs).flatMap((configuration) => {
    const own = loads.filter((load) => isSameState(setting, load.configuration, configuration))
    const cells = meanCells(own)
    return cells === null ? [] : [[...knobCells(configuration), ...cells].join(',')]
  })
  return [[...parameterNames, ...rowColumns].join(','), ...lines]
}

/** `repetitions.csv`: every single repetition with its load, warm-ups marked, header line first. */
export function repetitionLines({ loads }: Recording): string[] {
  const lines = loads.flatMap(({ configuration, outcome, pass }) =>
    outcome.kind === 'ok'
      ? outcome.repetitions.map((repetition, index) =>
          [...knobCells(configuration), pass, index, ...repetitionCells(outcome, repetition)].join(','),
        )
      : [],
  )
  return [[...parameterNames, repetitionColumns].join(','), ...lines]
}

function knobCells(configuration: Configuration): string[] {
  const texts = textsOf(configuration)
  return parameterNames.map((name) => texts[name] ?? '')
}

/** Where one load of several did not run, the row tells of that. Null where nothing was measured. */
function meanCells(loads: readonly RecordedLoad[]): string[] | null {
  const failed = loads.find(({ outcome }) => outcome.kind !== 'ok')
  if (failed) return [failed.outcome.kind === 'outOfMemory' ? 'oom' : 'timeout', ...rowColumns.slice(1).map(() => '')]
  const ran = loads.flatMap(({ outcome }) => (outcome.kind === 'ok' ? [outcome] : []))
  if (ran.length === 0) return null
  const counted = ran.flatMap(countedOf)
  const perLoad = (figure: (outcome: OkOutcome) => number) => mean(ran.map(figure))
  const perAnswer = (figure: (repetition: Repetition) => number) => mean(counted.map(figure))
  return [
    'ok',
    perLoad(({ load }) => load.loadSeconds).toFixed(3),
    perAnswer(({ ttftSeconds }) => ttftSeconds).toFixed(4),
    perAnswer(({ prefillTokensPerSecond }) => prefillTokensPerSecond).toFixed(2),
    perAnswer(({ decodeTokensPerSecond }) => decodeTokensPerSecond).toFixed(3),
    perLoad(({ load }) => load.memory.ramMiB).toFixed(0),
    perLoad(({ load }) => load.memory.vramMiB).toFixed(0),
  ]
}

function repetitionCells({ load }: OkOutcome, repetition: Repetition): (string | number | boolean)[] {
  return [
    repetition.isWarmUp,
    load.loadSeconds.toFixed(3),
    repetition.ttftSeconds.toFixed(4),
    repetition.promptTokens,
    repetition.prefillTokensPerSecond.toFixed(2),
    repetition.outputTokens,
    repetition.decodeTokensPerSecond.toFixed(3),
    load.memory.ramMiB.toFixed(0),
    load.memory.vramMiB.toFixed(0),
  ]
}

function countedOf({ repetitions }: OkOutcome): Repetition[] {
  return repetitions.filter(({ isWarmUp }) => !isWarmUp)
}

/**
 * Standard deviations of ln rate within a load, prefill and decode alike, and of what a load does to both: the variance
 * of load means less what repetitions explain of it (one-way analysis of variance).
 */
export function noiseOf({ setting, loads }: Recording): { withinSd: number; betweenSd: number } {
  const ran = loads.flatMap(({ configuration, outcome }) => (outcome.kind === 'ok' ? [{ configuration, outcome }] : []))
  const logs = ran.map(({ configuration, outcome }) => {
    const counted = countedOf(outcome)
    const prefill = counted.map(({ prefillTokensPerSecond }) => Math.log(prefillTokensPerSecond))
    const decode = counted.map(({ decodeTokensPerSecond }) => Math.log(decodeTokensPerSecond))
    return { configuration, prefill, decode, mean: (mean(prefill) + mean(decode)) / 2 }
  })
  const within = pooledVariance(logs.flatMap(({ prefill, decode }) => [prefill, decode]))?.variance ?? 0
  const groups = everyConfiguration(setting.knobs).map((state) =>
    logs.filter(({ configuration }) => JSON.stringify(configuration) === JSON.stringify(state)).map((log) => log.mean),
  )
  const ofMeans = pooledVariance(groups)?.variance ?? 0
  // A mean over two rates of several repetitions each has that much of their variance left.
  const explained = within / (2 * setting.repetitions)
  return { withinSd: Math.sqrt(within), betweenSd: Math.sqrt(Math.max(0, ofMeans - explained)) }
}
