import type { Configuration } from '../../../preload/contract/model.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { createRandom, shuffle } from '../../../main/search/random.ts'
import type { Recording } from './recording.ts'
import { isSameState, statesToMeasure } from './space.ts'

/** So many loads in a row that others disturbed: the computer is not quiet, and waiting longer does not help. */
const mostDisturbedInRow = 6

export interface RecordingRun {
  /** Loads and measures one configuration, as the app does. */
  measure: (configuration: Configuration) => Promise<TrialOutcome>
  save: (recording: Recording) => void
  say: (line: string) => void
  /** Monotonic seconds. */
  now: () => number
  /** No load is begun after so many seconds. */
  limitSeconds: number
}

export interface NextLoad {
  pass: number
  configuration: Configuration
}

/** The loads that a recording still lacks, pass by pass, each pass in an order of its own drawn by its number. */
export function loadsLeft({ setting, loads }: Recording): NextLoad[] {
  const states = statesToMeasure(setting, setting.knobs)
  return Array.from({ length: setting.loads }, (_, pass) => pass).flatMap((pass) =>
    shuffle(states, createRandom(pass))
      .filter((state) => !loads.some((load) => load.pass === pass && isSameState(setting, load.configuration, state)))
      .map((configuration) => ({ pass, configuration })),
  )
}

/**
 * Measures what the recording lacks until it is complete, the time is up, or the computer proves not to be quiet.
 * What others disturbed is not kept and comes again after everything else. True once nothing is lacking.
 * Throws where a load fails for a reason that is not the configuration's.
 */
export async function recordLoads(recording: Recording, run: RecordingRun): Promise<boolean> {
  const { setting, loads } = recording
  const began = run.now()
  const queue = loadsLeft(recording)
  const all = loads.length + queue.length
  let done = 0
  let disturbed = 0
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (run.now() - began > run.limitSeconds) {
      run.say(`Time is up; ${queue.length + 1} of ${all} loads are left. The same command goes on from here.`)
      return false
    }
    const outcome = await run.measure(next.configuration)
    if (outcome.kind === 'interference') {
      disturbed += 1
      run.say(`disturbed, will be repeated: ${outcome.message}`)
      if (disturbed >= mostDisturbedInRow) {
        run.say('Other programs take too much of this computer. The same command goes on from here once it is quiet.')
        return false
      }
      queue.push(next)
      continue
    }
    if (!isOfTheConfiguration(outcome)) throw new Error(`${setting.id}: ${outcome.kind}`)
    disturbed = 0
    done += 1
    loads.push({ ...next, outcome, finishedAt: new Date().toISOString() })
    run.save(recording)
    const minutesLeft = (((run.now() - began) / done) * queue.length) / 60
    run.say(`${loads.length} of ${all}, ${minutesLeft.toFixed(0)} min left: ${describe(next.configuration, outcome)}`)
  }
  return true
}

/** Whether another load of the same configuration would end alike. */
function isOfTheConfiguration({ kind }: TrialOutcome): boolean {
  return kind === 'ok' || kind === 'outOfMemory' || kind === 'timeout'
}

function describe(configuration: Configuration, outcome: TrialOutcome): string {
  const { num_thread, num_batch, use_mmap, flash_attention } = configuration
  const settings = `threads ${num_thread}, batch ${num_batch}, mmap ${use_mmap}, flash attention ${flash_attention}`
  if (outcome.kind !== 'ok') return `${settings}: ${outcome.kind}`
  const { prefillTokensPerSecond, decodeTokensPerSecond } = outcome
  return `${settings}: prefill ${prefillTokensPerSecond.mean.toFixed(0)}, decode ${decodeTokensPerSecond.mean.toFixed(1)} tokens/s`
}
