import { JinjaTemplateChatWrapper, type ChatHistoryItem, type LlamaModel, type Token } from 'node-llama-cpp'
import { ApiError } from '../errors.ts'
import type { ModelOptions } from '../runner/options.ts'
import type { RunnerSettings } from '../runner/settings.ts'
import type { Message } from './requests.ts'

/** Text as it is, preceded by the start token where the model wants one. */
export function rawTokens(model: LlamaModel, text: string): number[] {
  return withStart(model, model.tokenize(text, true))
}

/** The conversation through the model's own chat template; a base model, which has none, gets the bare texts. */
export function chatTokens(model: LlamaModel, messages: readonly Message[]): number[] {
  const template = model.fileInfo.metadata.tokenizer.chat_template
  if (template === undefined) return rawTokens(model, messages.map((message) => message.content).join('\n'))
  const wrapper = new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer })
  // An empty model turn at the end is where the wrapper puts the cue for the answer.
  const chatHistory: ChatHistoryItem[] = [...messages.map(historyItem), { type: 'model', response: [] }]
  const { contextText } = wrapper.generateContextState({ chatHistory })
  return withStart(model, contextText.tokenize(model.tokenizer))
}

function historyItem(message: Message): ChatHistoryItem {
  switch (message.role) {
    case 'system':
      return { type: 'system', text: message.content }
    case 'assistant':
      return { type: 'model', response: [message.content] }
    default:
      return { type: 'user', text: message.content }
  }
}

function withStart(model: LlamaModel, tokens: Token[]): Token[] {
  const { bos, shouldPrependBosToken } = model.tokens
  return bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens
}

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
export function exceedsContext(promptTokens: number, contextLength: number): ApiError {
  const error = {
    code: 400,
    message: `request (${promptTokens} tokens) exceeds the available context size (${contextLength} tokens), try increasing it`,
    type: 'exceed_context_size_error',
    n_prompt_tokens: promptTokens,
    n_ctx: contextLength,
  }
  return new ApiError(400, JSON.stringify({ error }))
}
