import { Template } from '@huggingface/jinja'
import type { LlamaModel } from 'node-llama-cpp'
import { ApiError } from '../errors.ts'

export interface ChatMessage {
  role: string
  content: string
}

/** Turns what a request says into the tokens that the model reads. */
export interface Tokenizer {
  /** The model's start token comes first. */
  readonly addsStart: boolean
  /** Text as it is. */
  raw(text: string): number[]
  /**
   * The conversation through the model's own chat template; a base model, which has none, gets the bare texts.
   * Throws a 400 where the template does not take the conversation.
   */
  chat(messages: readonly ChatMessage[]): number[]
}

export function createTokenizer(model: LlamaModel): Tokenizer {
  const { bos, bosString, eosString, shouldPrependBosToken: addsStart } = model.tokens
  const source = model.fileInfo.metadata.tokenizer.chat_template
  let template: Template | undefined

  const raw = (text: string) => {
    const tokens = model.tokenize(text, true)
    return addsStart && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens
  }
  const render = (source: string, messages: readonly ChatMessage[]): string => {
    try {
      template ??= new Template(source)
      return template.render({
        messages,
        add_generation_prompt: true,
        bos_token: bosString ?? '',
        eos_token: eosString ?? '',
      })
    } catch (error) {
      throw new ApiError(400, `the model's chat template failed: ${error instanceof Error ? error.message : ''}`)
    }
  }
  return {
    addsStart,
    raw,
    chat: (messages) =>
      raw(source === undefined ? messages.map(({ content }) => content).join('\n') : render(source, messages)),
  }
}
