import type { Fault } from './scripted-faults.ts'
import { Refusal, type DaemonState } from './scripted-state.ts'
import type { StoredModel } from './scripted-models.ts'
import type { EffectiveOptions, ScriptedMachine } from './scripted-runner.ts'
import type { Runner } from './scripted-reload.ts'

/** Everything that one generation will say, worked out before its first byte is sent. */
export interface GenerationScript {
  /** Each piece of text with the instant at which it arrives. */
  tokens: { text: string; atSeconds: number }[]
  /** The closing line's statistics and its instant. */
  final: Record<string, unknown>
  endSeconds: number
  runner: Runner
}

export interface GenerationInput {
  state: DaemonState
  machine: ScriptedMachine
  model: StoredModel
  options: EffectiveOptions
  prompt: string
  startSeconds: number
  /** Until then the daemon is busy with somebody else. */
  busyUntilSeconds: number
  /** Luck of this request, a factor on both speeds. */
  requestFactor: number
  fault: Fault | null
}

/** The daemon's own work besides the model's, as seen on running daemons. */
const overheadSeconds = 0.002
/** Tokens after which a model ends of itself when the request sets no length. */
const naturalLength = 64

/** Plays one request through in virtual time. One token is one word. */
export function scriptGeneration(input: GenerationInput): GenerationScript {
  const { state, machine, model, options, fault, startSeconds } = input
  const slowness = fault?.kind === 'slow' ? fault.factor : 1
  const queueSeconds =
    Math.max(0, input.busyUntilSeconds - startSeconds) + (fault?.kind === 'queued' ? fault.seconds : 0)
  const loaded = state.ensureLoaded(model, options, fault?.kind === 'outOfMemory')
  const { runner } = loaded
  const loadSeconds = loaded.loadSeconds * slowness + 0.001

  const words = cutToContext(input.prompt.split(/\s+/).filter(Boolean), runner.contextLength)
  const cached = commonPrefix(runner.cachedPrompt, words)
  runner.cachedPrompt = words

  const speed = machine.performance(options, model)
  const factor = (runner.speedFactor * input.requestFactor) / slowness
  const promptSeconds = Math.max(1, words.length - cached) / (speed.prefillTokensPerSecond * factor)
  const perToken = 1 / (speed.decodeTokensPerSecond * factor)

  const asked = typeof options['num_predict'] === 'number' ? options['num_predict'] : -1
  if (asked === 0) throw new Refusal(500, 'num_predict 0 never ends: this daemon refuses to play it')
  const wanted = asked < 0 ? naturalLength : asked
  const count = fault?.kind === 'stopsEarly' ? Math.min(fault.afterTokens, wanted) : wanted
  const firstSeconds = startSeconds + queueSeconds + loadSeconds + promptSeconds
  const evalSeconds = (count - 1) * perToken

  return {
    runner,
    tokens: Array.from({ length: count }, (_, n) => ({
      text: ` w${n}`,
      atSeconds: firstSeconds + n * perToken,
    })),
    endSeconds: firstSeconds + evalSeconds + overheadSeconds,
    final: {
      done_reason: count < wanted || asked < 0 ? 'stop' : 'length',
      total_duration: nanoseconds(firstSeconds - startSeconds + evalSeconds + overheadSeconds),
      load_duration: nanoseconds(loadSeconds),
      prompt_eval_count: words.length,
      prompt_eval_duration: nanoseconds(promptSeconds),
      eval_count: count,
      ...(evalSeconds > 0 ? { eval_duration: nanoseconds(evalSeconds) } : {}),
    },
  }
}

/** A raw prompt longer than the context is silently cut to about half of it. */
function cutToContext(words: string[], contextLength: number): string[] {
  return words.length > contextLength - 1 ? words.slice(-Math.floor(contextLength / 2)) : words
}

function commonPrefix(left: string[], right: string[]): number {
  let length = 0
  while (length < left.length && left[length] === right[length]) length += 1
  return length
}

function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1e9)
}
