import type { LlamaContextSequence, LlamaModel, SequenceEvaluateOptions, Token } from 'node-llama-cpp'
import type { ModelOptions } from './options.ts'
import type { RunnerSettings } from './settings.ts'
import { createTextStream } from './text-stream.ts'

export interface GenerateRequest {
  prompt: readonly number[]
  options: ModelOptions
  signal: AbortSignal
  /** Called for every piece of text as soon as it is ready; must not throw. */
  onText: (text: string) => void
}

/** Counts and nanoseconds, with the meanings of Ollama's final chunk. */
export interface GenerateResult {
  /** Null where more than 30 equal pieces came in a row: Ollama then ends without a final chunk. */
  doneReason: 'stop' | 'length' | null
  /** Prompt tokens, those that were still in the cache included. */
  promptEvalCount: number
  /** From the first uncached token to the first token sampled. */
  promptEvalNanoseconds: number
  evalCount: number
  /** From the first to the last token: evalCount − 1 steps. */
  evalNanoseconds: number
  outputTokens: number[]
}

/** More equal pieces than this in a row end a stream, as in Ollama. */
const maximumRepeats = 30

/** Evaluates the prompt and generates; see `Runner.generate`. */
export async function generate(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  settings: RunnerSettings,
  batchSize: number,
  { prompt, options, signal, onText }: GenerateRequest,
): Promise<GenerateResult> {
  const started = process.hrtime.bigint()
  const rest = await evaluatePrompt(sequence, prompt as readonly Token[], batchSize, signal)
  const stream = createTextStream(
    (pending, before) => model.detokenize(pending as Token[], false, before as Token[]),
    options.stop,
  )
  const limit = outputLimit(options, settings, prompt.length)
  const outputTokens: number[] = []
  let doneReason: GenerateResult['doneReason'] = 'length'
  let first = started
  let last = started
  let repeats = { text: '', count: 0 }
  for await (const token of sequence.evaluate(rest, sampling(options, outputTokens))) {
    signal.throwIfAborted()
    last = process.hrtime.bigint()
    if (outputTokens.length === 0) first = last
    outputTokens.push(token)
    if (model.isEogToken(token)) {
      doneReason = 'stop'
      break
    }
    const { text, stopped } = stream.push(token)
    if (text !== '') {
      onText(text)
      repeats = { text: text.trim(), count: text.trim() === repeats.text ? repeats.count + 1 : 0 }
    }
    if (stopped) doneReason = 'stop'
    else if (repeats.count > maximumRepeats) doneReason = null
    if (doneReason !== 'length' || outputTokens.length >= limit) break
  }
  const remainder = stream.flush()
  if (remainder !== '') onText(remainder)
  return {
    doneReason,
    promptEvalCount: prompt.length,
    promptEvalNanoseconds: Number(first - started),
    evalCount: outputTokens.length,
    evalNanoseconds: Number(last - first),
    outputTokens,
  }
}

/**
 * Brings the cache to the prompt's beginning: keeps what the two share, evaluates what is missing, and leaves a last
 * batch, of one token at least, for the caller. Goes batch by batch to notice in mid-prompt when a client goes away.
 */
async function evaluatePrompt(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  batchSize: number,
  signal: AbortSignal,
): Promise<Token[]> {
  const cached = sequence.contextTokens
  let shared = 0
  while (shared < prompt.length - 1 && cached[shared] === prompt[shared]) shared++
  if (shared < cached.length) await sequence.eraseContextTokenRanges([{ start: shared, end: cached.length }])
  let rest = prompt.slice(sequence.nextTokenIndex)
  while (rest.length > batchSize) {
    await sequence.evaluateWithoutGeneratingNewTokens(rest.slice(0, batchSize))
    signal.throwIfAborted()
    rest = rest.slice(batchSize)
  }
  return rest
}

/** `num_predict` ≤ 0 sets no limit, as in Ollama; without context shift the context's end does. */
function outputLimit(options: ModelOptions, settings: RunnerSettings, promptTokens: number): number {
  const asked = options.num_predict > 0 ? options.num_predict : Infinity
  return settings.shift ? asked : Math.min(asked, Math.max(1, settings.numCtx - promptTokens))
}

function sampling(options: ModelOptions, outputTokens: readonly number[]): SequenceEvaluateOptions {
  const { temperature, repeat_last_n: window } = options
  const penalised = options.repeat_penalty !== 1 || options.presence_penalty !== 0 || options.frequency_penalty !== 0
  return {
    yieldEogToken: true,
    temperature,
    ...(temperature > 0 ? { topK: options.top_k, topP: options.top_p, minP: options.min_p } : {}),
    ...(options.seed >= 0 ? { seed: options.seed } : {}),
    ...(penalised && window !== 0
      ? {
          repeatPenalty: {
            punishTokens: () => outputTokens.slice(window > 0 ? -window : 0) as Token[],
            penalty: options.repeat_penalty,
            frequencyPenalty: options.frequency_penalty,
            presencePenalty: options.presence_penalty,
          },
        }
      : {}),
  }
}
