import { ApiError } from '../errors.ts'
import { parseKeepAlive } from '../runner/keep-alive.ts'
import type { Library, Tag } from '../library/tags.ts'
import { requireName } from '../library/names.ts'
import { resolveOptions } from '../runner/options.ts'
import type { GenerateResult } from '../runner/generate.ts'
import type { Runner } from '../runner/load.ts'
import { requestedSettings, type RunnerSettings } from '../runner/settings.ts'
import type { Scheduler } from '../runner/scheduler.ts'
import type { Exchange } from './exchange.ts'
import { chatTokens, fitPrompt, rawTokens } from './prompt.ts'
import { chatSchema, generateSchema, type GenerateBody, type Message, type RunningRequest } from './requests.ts'
import type { Routes } from './server.ts'

/** What generate and chat need of the engine. */
export interface RunningParts {
  library: Library
  scheduler: Scheduler
  /** Context length where neither tag nor request names one. */
  defaultContext: () => Promise<number>
  now: () => Date
}

/** How the two routes put text into a line: `response` or `message`. */
type Wording = (text: string) => Record<string, unknown>

const asResponse: Wording = (response) => ({ response })
const asMessage: Wording = (content) => ({ message: { role: 'assistant', content } })

/** `/api/generate` and `/api/chat`. */
export function runningRoutes(parts: RunningParts): Routes {
  return {
    '/api/generate': { POST: (exchange) => generate(parts, exchange) },
    '/api/chat': { POST: (exchange) => chat(parts, exchange) },
  }
}

async function generate(parts: RunningParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(generateSchema)
  const tag = await findTag(parts.library, body.model)
  if (body.raw && (body.template || body.system || body.context)) {
    throw new ApiError(400, 'raw mode does not support template, system, or context')
  }
  if (body.suffix) throw new ApiError(400, `registry.ollama.ai/library/${tag.name} does not support insert`)
  const tokens = (runner: Runner) => generateTokens(runner, tag, body)
  const hasPrompt = body.prompt !== ''
  await answer(parts, exchange, { tag, body, hasPrompt, tokens, mayTruncate: true, wording: asResponse })
}

async function chat(parts: RunningParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(chatSchema)
  const tag = await findTag(parts.library, body.model)
  if (body.tools && body.tools.length > 0) {
    throw new ApiError(400, `registry.ollama.ai/library/${tag.name} does not support tools`)
  }
  const tokens = (runner: Runner) => chatTokens(runner.model, withSystem(tag.system, body.messages))
  const hasPrompt = body.messages.length > 0
  // A single chat message that is too long is refused, never cut.
  await answer(parts, exchange, { tag, body, hasPrompt, tokens, mayTruncate: false, wording: asMessage })
}

async function findTag(library: Library, name: string): Promise<Tag> {
  const missing = new ApiError(404, `model '${name}' not found`)
  if (name === '') throw missing
  const tag = await library.find(requireName(name))
  if (tag === undefined) throw missing
  return tag
}

function generateTokens(runner: Runner, tag: Tag, body: GenerateBody): number[] {
  if (body.raw) return rawTokens(runner.model, body.prompt)
  const messages = withSystem(body.system ?? tag.system, [{ role: 'user', content: body.prompt }])
  const rendered = chatTokens(runner.model, messages)
  return body.context ? [...body.context, ...rendered] : rendered
}

function withSystem(system: string, messages: Message[]): Message[] {
  const hasOwn = messages.some((message) => message.role === 'system')
  return system === '' || hasOwn ? messages : [{ role: 'system', content: system }, ...messages]
}

interface Task {
  tag: Tag
  body: RunningRequest & { raw?: boolean | undefined }
  hasPrompt: boolean
  tokens: (runner: Runner) => number[]
  mayTruncate: boolean
  wording: Wording
}

async function answer(parts: RunningParts, exchange: Exchange, task: Task): Promise<void> {
  const arrived = process.hrtime.bigint()
  const { tag, body } = task
  if (body.think) throw new ApiError(400, `${JSON.stringify(body.model)} does not support thinking`)
  const keepAliveSeconds = parseKeepAlive(body.keep_alive)
  const line = (fields: Record<string, unknown>) => ({
    model: body.model,
    created_at: parts.now().toISOString(),
    ...fields,
  })
  const done = (doneReason: string) => line({ ...task.wording(''), done: true, done_reason: doneReason })

  if (!task.hasPrompt && keepAliveSeconds === 0) {
    parts.scheduler.expire(tag.path)
    return exchange.json(200, done('unload'))
  }
  const resolved = resolveOptions(tag.parameters, body.options, await parts.defaultContext())
  const { options } = resolved
  const work = async (runner: Runner, loadNanoseconds: number, settings: RunnerSettings): Promise<void> => {
    if (!task.hasPrompt) return exchange.json(200, done('load'))
    const mayTruncate = task.mayTruncate && body.truncate !== false
    const prompt = fitPrompt(
      task.tokens(runner),
      options,
      settings,
      runner.model.tokens.shouldPrependBosToken,
      mayTruncate,
    )
    const texts: string[] = []
    const onText = (text: string) =>
      body.stream === false ? void texts.push(text) : exchange.line(line({ ...task.wording(text), done: false }))
    const result = await runner.generate({ prompt, options, signal: exchange.signal, onText })
    const last = line({
      ...task.wording(texts.join('')),
      done: result.doneReason !== null,
      ...(result.doneReason === null
        ? {}
        : finalFields(result, prompt, loadNanoseconds, arrived, task.wording === asResponse && !body.raw)),
    })
    if (body.stream === false) return exchange.json(200, last)
    if (result.doneReason !== null) exchange.line(last)
    exchange.end()
  }
  await parts.scheduler.run({
    tag,
    settings: requestedSettings(resolved, body.shift ?? true),
    keepAliveSeconds,
    signal: exchange.signal,
    work,
  })
}

/** The figures of the last chunk, nanoseconds; Ollama leaves out those that are zero. */
function finalFields(
  result: GenerateResult,
  prompt: readonly number[],
  loadNanoseconds: number,
  arrived: bigint,
  withContext: boolean,
): Record<string, unknown> {
  const figures = {
    total_duration: Number(process.hrtime.bigint() - arrived),
    load_duration: loadNanoseconds,
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
