import type { Clock } from '../../main/ollama/clock.ts'
import type { EffectiveOptions, ScriptedMachine } from './scripted-runner.ts'
import {
  contextLengthOf,
  derive,
  fullName,
  showAnswer,
  store,
  tagsEntry,
  type ScriptedModel,
  type StoredModel,
} from './scripted-models.ts'
import { needsReload, type Runner } from './scripted-reload.ts'

/** An answer with an HTTP error status. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const integerOptions = ['num_ctx', 'num_gpu', 'num_thread', 'num_batch', 'num_predict', 'seed', 'main_gpu']
const MiB = 1024 * 1024
/** The calendar at the start of the virtual clock. */
const epochMs = Date.UTC(2026, 10, 21)

export interface StateOptions {
  isModern: boolean
  models: ScriptedModel[]
  machine: ScriptedMachine
  clock: Clock
  /** Factor on the speeds of each new load. */
  drawLoadFactor: () => number
}

export type DaemonState = ReturnType<typeof createDaemonState>

/** Tags and loaded runners, as Ollama keeps them. Throws `Refusal` with Ollama's texts. */
export function createDaemonState({ isModern, models, machine, clock, drawLoadFactor }: StateOptions) {
  const tags = new Map<string, StoredModel>()
  let runners: Runner[] = []
  const loads: { model: string; options: EffectiveOptions }[] = []

  for (const model of models) add(model)

  function add(model: ScriptedModel): void {
    const stored = store(model)
    tags.set(stored.name.toLowerCase(), stored)
  }

  function find(name: unknown): StoredModel {
    const model = typeof name === 'string' ? tags.get(fullName(name).toLowerCase()) : undefined
    if (!model) throw new Refusal(404, `model '${typeof name === 'string' ? name : ''}' not found`)
    return model
  }

  function effectiveOptions(model: StoredModel, sent: unknown): EffectiveOptions {
    const given = Object.entries((sent ?? {}) as Record<string, unknown>).filter(([, value]) => value !== null)
    const options = { ...model.parameters, ...Object.fromEntries(given) }
    for (const name of integerOptions) {
      // The tag's own value counts even if the request overrides it, as with Ollama.
      for (const value of [model.parameters[name], options[name]]) {
        if (value !== undefined && value !== null && typeof value !== 'number') {
          throw new Refusal(500, `option "${name}" must be of type integer`)
        }
      }
    }
    return options
  }

  function expire(): void {
    runners = runners.filter((runner) => runner.expiresAtSeconds > clock.now())
  }

  function fits(memory: Runner['memory'], others: Runner[]): boolean {
    const sum = (key: keyof Runner['memory']) =>
      others.reduce((total, runner) => total + runner.memory[key], memory[key])
    return sum('ramMiB') <= machine.limits.ramMiB && sum('vramMiB') <= machine.limits.vramMiB
  }

  /** Gives the runner for these options, starting one if need be; idle runners are evicted when memory is short. */
  function ensureLoaded(model: StoredModel, options: EffectiveOptions, forceOutOfMemory: boolean) {
    expire()
    const present = runners.find((runner) => runner.model.file === model.file)
    if (present && !needsReload(present, model, options, isModern)) return { runner: present, loadSeconds: 0 }
    runners = runners.filter((runner) => runner !== present)
    loads.push({ model: model.name, options })
    const memory = machine.memory(options, model)
    if (forceOutOfMemory || !fits(memory, [])) throw new Refusal(500, outOfMemoryText(memory.ramMiB + memory.vramMiB))
    while (!fits(memory, runners)) runners = runners.slice(1)
    const runner: Runner = {
      model,
      options,
      memory,
      contextLength: contextLengthOf(options, model),
      speedFactor: drawLoadFactor(),
      expiresAtSeconds: Infinity,
      cachedPrompt: [],
      isDead: false,
    }
    runners.push(runner)
    return { runner, loadSeconds: machine.performance(options, model).loadSeconds }
  }

  return {
    loads,
    tags,
    add,
    find,
    effectiveOptions,
    ensureLoaded,
    unload(model: StoredModel): void {
      runners = runners.filter((runner) => runner.model.file !== model.file)
    },
    forgetRunners(): void {
      runners = []
    },
    loaded(): string[] {
      expire()
      return runners.map((runner) => runner.model.name)
    },
    listTags: () => ({ models: [...tags.values()].map((model) => tagsEntry(model, isModern)) }),
    show: (name: unknown) => showAnswer(find(name)),
    listRunners() {
      expire()
      return { models: runners.map((runner) => psEntry(runner)) }
    },
    /** Overwrites an existing tag without asking, as Ollama does. */
    create(name: string, from: string, parameters: Record<string, unknown>): void {
      const model = derive(find(from), name, parameters)
      tags.set(model.name.toLowerCase(), model)
    },
    copy(source: unknown, destination: string): void {
      const model = { ...find(source), name: fullName(destination) }
      tags.set(model.name.toLowerCase(), model)
    },
    remove(name: unknown): void {
      tags.delete(find(name).name.toLowerCase())
    },
  }
}

function psEntry(runner: Runner): Record<string, unknown> {
  const { details, digest, name } = tagsEntry(runner.model, false)
  return {
    name,
    model: name,
    size: Math.round((runner.memory.ramMiB + runner.memory.vramMiB) * MiB),
    digest,
    details,
    expires_at:
      runner.expiresAtSeconds === Infinity
        ? '2318-03-02T07:45:12.341Z'
        : new Date(epochMs + runner.expiresAtSeconds * 1000).toISOString(),
    size_vram: Math.round(runner.memory.vramMiB * MiB),
    context_length: runner.contextLength,
  }
}

function outOfMemoryText(MiBs: number): string {
  return (
    `llama-server process has terminated: exit status 1: ggml_aligned_malloc: insufficient memory ` +
    `(attempted to allocate ${MiBs.toFixed(2)} MB)\n` +
    `ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size ${Math.round(MiBs * MiB)}`
  )
}
