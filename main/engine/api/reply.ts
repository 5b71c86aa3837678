import type { GenerateResult } from '../runner/generate.ts'
import type { Exchange } from './exchange.ts'

/** How a route puts text into its lines: `response` or `message`. */
export type Wording = (text: string) => Record<string, unknown>

export const asResponse: Wording = (response) => ({ response })
export const asMessage: Wording = (content) => ({ message: { role: 'assistant', content } })

/** The figures of a generation, as its last line tells them. */
export interface Figures {
  result: GenerateResult
  prompt: readonly number[]
  loadNanoseconds: number
  totalNanoseconds: number
}

/** The answer of generate and chat: a line a piece and a last one with the figures, or everything at the end. */
export interface Reply {
  /** Ends the answer to a request that only loads or unloads; it carries no durations. */
  endEmpty(doneReason: 'load' | 'unload'): void
  piece: (text: string) => void
  end(figures: Figures): void
}

export function createReply(
  exchange: Exchange,
  {
    model,
    streams,
    wording,
    withContext,
    now,
  }: { model: string; streams: boolean; wording: Wording; withContext: boolean; now: () => Date },
): Reply {
  const texts: string[] = []
  const line = (text: string, fields: Record<string, unknown>) => ({
    model,
    created_at: now().toISOString(),
    ...wording(text),
    ...fields,
  })
  return {
    endEmpty: (doneReason) => exchange.json(200, line('', { done: true, done_reason: doneReason })),
    piece(text) {
      if (streams) exchange.line(line(text, { done: false }))
      else texts.push(text)
    },
    end(figures) {
      // A generation that was cut off for repeating itself has no last line.
      const isDone = figures.result.doneReason !== null
      const last = line(texts.join(''), { done: isDone, ...(isDone ? finalFields(figures, withContext) : {}) })
      if (!streams) return exchange.json(200, last)
      if (isDone) exchange.line(last)
      exchange.end()
    },
  }
}

/** Durations in nanoseconds; Ollama leaves out figures that are zero. */
function finalFields({ result, prompt, ...durations }: Figures, withContext: boolean): Record<string, unknown> {
  const figures = {
    total_duration: durations.totalNanoseconds,
    load_duration: durations.loadNanoseconds,
    prompt_eval_count: result.promptEvalCount,
    prompt_eval_duration: result.promptEvalNanoseconds,
    eval_count: result.evalCount,
    eval_duration: result.evalNanoseconds,
  }
  return {
    done_reason: result.doneReason,
    ...(withContext ? { context: [...prompt, ...result.outputTokens] } : {}),
    ...Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0)),
  }
}
