import { AttuneError } from '../../preload/contract/errors.ts'
import type { Clock } from './clock.ts'
import type { Generation, GenerateRequest, Token } from './daemon.ts'
import type { Call } from './http/call.ts'
import { generateLineSchema, type GenerateLine } from './http/schemas.ts'

const secondsPerNanosecond = 1e-9

/** Silence that is borne before the first piece of text (load and prefill) and between pieces, seconds. */
export interface GenerationPatience {
  firstTokenSeconds: number
  nextTokenSeconds: number
}

/**
 * Streams one generation. The prompt is sent raw: a template or system text in front of it would be the same in every
 * request, so the daemon would have it in its cache and report a prefill faster than it is.
 */
export async function streamGeneration(
  call: Call,
  request: GenerateRequest,
  onToken: (token: Token) => void,
  clock: Clock,
  patience: GenerationPatience,
): Promise<Generation> {
  const { model, prompt, options, keepAliveSeconds } = request
  const body = { model, prompt, raw: true, stream: true, options, keep_alive: keepAliveSeconds }
  let ttftSeconds: number | null = null
  let chunks = 0
  call.allowSilence(patience.firstTokenSeconds)
  const sentAt = clock.now()
  for await (const line of call.lines('/api/generate', body, generateLineSchema)) {
    const atSeconds = clock.now() - sentAt
    const text = line.thinking + line.response
    if (text !== '') {
      if (chunks === 0) call.allowSilence(patience.nextTokenSeconds)
      chunks += 1
      ttftSeconds ??= atSeconds
      onToken({ text, atSeconds })
    }
    if (line.done) return { ...figuresOf(line), ttftSeconds, wallSeconds: atSeconds, chunks }
  }
  throw endedWithoutFigures()
}

function figuresOf(line: Extract<GenerateLine, { done: true }>) {
  return {
    doneReason: line.done_reason,
    promptTokens: line.prompt_eval_count,
    outputTokens: line.eval_count,
    totalSeconds: line.total_duration * secondsPerNanosecond,
    loadSeconds: line.load_duration * secondsPerNanosecond,
    promptEvalSeconds: line.prompt_eval_duration * secondsPerNanosecond,
    evalSeconds: line.eval_duration * secondsPerNanosecond,
  }
}

/** After some thirty equal pieces Ollama ends the stream properly but without `done` and without figures. */
function endedWithoutFigures(): AttuneError {
  return new AttuneError({
    code: 'daemonError',
    message: 'The answer ended without its figures, as it does when a model keeps repeating itself.',
    hint: 'Try again with another prompt.',
  })
}
