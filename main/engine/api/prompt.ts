import { ApiError } from '../errors.ts'
import type { ModelOptions } from '../runner/options.ts'
import type { RunnerSettings } from '../runner/settings.ts'

/**
 * Makes a prompt fit. Ollama keeps the first `num_keep` tokens and the last ones, together about half the context
 * (`llm/llama_server.go`, completionPromptForRequest), and says nothing; with `truncate: false` it answers 400.
 */
export function fitPrompt(
  tokens: number[],
  options: ModelOptions,
  settings: RunnerSettings,
  addsStart: boolean,
  mayTruncate: boolean,
): number[] {
  const limit = settings.numCtx - 1
  if (tokens.length <= limit) return tokens
  if (!mayTruncate || !settings.shift) throw exceedsContext(tokens.length, settings.numCtx)
  const wished = (options.num_keep < 0 ? tokens.length : options.num_keep) + (addsStart ? 1 : 0)
  const keep = Math.min(wished, limit)
  const length = Math.min(limit, keep + Math.ceil((settings.numCtx - keep) / 2))
  return [...tokens.slice(0, keep), ...tokens.slice(tokens.length - (length - keep))]
}

/** The 400 for a prompt that may not be cut; its text is llama-server's JSON, as in Ollama. */
function exceedsContext(promptTokens: number, contextLength: number): ApiError {
  const error = {
    code: 400,
    message: `request (${promptTokens} tokens) exceeds the available context size (${contextLength} tokens), try increasing it`,
    type: 'exceed_context_size_error',
    n_prompt_tokens: promptTokens,
    n_ctx: contextLength,
  }
  return new ApiError(400, JSON.stringify({ error }))
}
