import { ApiError } from '../errors.ts'
import { requireName } from '../library/names.ts'
import type { Library, Tag } from '../library/tags.ts'
import { parseKeepAlive } from '../runner/keep-alive.ts'
import type { Runner } from '../runner/load.ts'
import { resolveOptions } from '../runner/options.ts'
import type { Scheduler } from '../runner/scheduler.ts'
import { requestedSettings, type RunnerSettings } from '../runner/settings.ts'
import type { ChatMessage, Tokenizer } from '../runner/tokenizer.ts'
import type { Exchange } from './exchange.ts'
import { fitPrompt } from './prompt.ts'
import { asMessage, asResponse, createReply, type Reply } from './reply.ts'
import { chatSchema, generateSchema, type GenerateBody, type RunningRequest } from './requests.ts'
import type { Routes } from './server.ts'

/** What generate and chat need of the engine. */
export interface RunningParts {
  library: Library
  scheduler: Scheduler
  /** Context length where neither tag nor request names one. */
  defaultContext: number
  now: () => Date
}

/** `/api/generate` and `/api/chat`. */
export function runningRoutes(parts: RunningParts): Routes {
  return {
    '/api/generate': { POST: (exchange) => generate(parts, exchange) },
    '/api/chat': { POST: (exchange) => chat(parts, exchange) },
  }
}

async function generate(parts: RunningParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(generateSchema)
  const tag = await findTag(parts.library, body.model, 'generate')
  if (body.raw && (body.template || body.system || body.context)) {
    throw new ApiError(400, 'raw mode does not support template, system, or context')
  }
  if (body.suffix) throw new ApiError(400, `registry.ollama.ai/library/${tag.name} does not support insert`)
  const { model, stream } = body
  const withContext = !body.raw
  await run(parts, exchange, {
    tag,
    body,
    hasPrompt: body.prompt !== '',
    tokens: (tokenizer) => generateTokens(tokenizer, tag, body),
    mayTruncate: true,
    reply: createReply(exchange, { model, streams: stream ?? true, wording: asResponse, withContext, now: parts.now }),
  })
}

async function chat(parts: RunningParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(chatSchema)
  const tag = await findTag(parts.library, body.model, 'chat')
  if (body.tools && body.tools.length > 0) {
    throw new ApiError(400, `registry.ollama.ai/library/${tag.name} does not support tools`)
  }
  const { model, stream } = body
  await run(parts, exchange, {
    tag,
    body,
    hasPrompt: body.messages.length > 0,
    tokens: (tokenizer) => tokenizer.chat(withSystem(tag.system, body.messages)),
    // A single chat message that is too long is refused, never cut.
    mayTruncate: false,
    reply: createReply(exchange, {
      model,
      streams: stream ?? true,
      wording: asMessage,
      withContext: false,
      now: parts.now,
    }),
  })
}

async function findTag(library: Library, name: string, purpose: string): Promise<Tag> {
  const tag = name === '' ? undefined : await library.find(requireName(name))
  if (tag === undefined) throw new ApiError(404, `model '${name}' not found`)
  if (tag.gguf.isEmbeddingModel) throw new ApiError(400, `${JSON.stringify(name)} does not support ${purpose}`)
  return tag
}

function generateTokens(tokenizer: Tokenizer, tag: Tag, body: GenerateBody): number[] {
  if (body.raw) return tokenizer.raw(body.prompt)
  const messages = withSystem(body.system ?? tag.system, [{ role: 'user', content: body.prompt }])
  return [...(body.context ?? []), ...tokenizer.chat(messages)]
}

function withSystem(system: string, messages: ChatMessage[]): ChatMessage[] {
  const hasOwn = messages.some((message) => message.role === 'system')
  return system === '' || hasOwn ? messages : [{ role: 'system', content: system }, ...messages]
}

interface Task {
  tag: Tag
  body: RunningRequest
  /** Without one, the request only loads the model, or unloads it. */
  hasPrompt: boolean
  tokens: (tokenizer: Tokenizer) => number[]
  mayTruncate: boolean
  reply: Reply
}

async function run(parts: RunningParts, exchange: Exchange, task: Task): Promise<void> {
  const { tag, body, reply } = task
  if (body.think) throw new ApiError(400, `${JSON.stringify(body.model)} does not support thinking`)
  const keepAliveSeconds = parseKeepAlive(body.keep_alive)
  if (!task.hasPrompt && keepAliveSeconds === 0) {
    parts.scheduler.expire(tag.path)
    return reply.endEmpty('unload')
  }
  const resolved = resolveOptions(tag.parameters, body.options, parts.defaultContext)
  const { options } = resolved
  const work = async (runner: Runner, loadNanoseconds: number, settings: RunnerSettings): Promise<void> => {
    if (!task.hasPrompt) return reply.endEmpty('load')
    const { tokenizer } = runner
    const mayTruncate = task.mayTruncate && body.truncate !== false
    const prompt = fitPrompt(task.tokens(tokenizer), options, settings, tokenizer.addsStart, mayTruncate)
    const result = await runner.generate({ prompt, options, signal: exchange.signal, onText: reply.piece })
    const totalNanoseconds = Number(process.hrtime.bigint() - exchange.arrived)
    reply.end({ result, prompt, loadNanoseconds, totalNanoseconds })
  }
  const settings = requestedSettings(resolved, body.shift ?? true)
  await parts.scheduler.run({ tag, settings, keepAliveSeconds, signal: exchange.signal, work })
}
