/** What a request asks for. `load`, `unload` and `generate` share one route and differ in their body. */
export type Operation =
  'version' | 'tags' | 'show' | 'ps' | 'load' | 'unload' | 'generate' | 'create' | 'copy' | 'delete' | 'unknown'

/** What goes wrong with one request. Those that count tokens take effect once that many were sent. */
export type Fault =
  /** An error answer: 503 busy, 403, 500 with a runner's last words … */
  | { kind: 'refuse'; status: number; error: string }
  /** This very text instead of the answer. */
  | { kind: 'answer'; body: string; status?: number; contentType?: string }
  /** The answer, or the last line of a stream, is altered: fields removed, types changed. */
  | { kind: 'change'; change: (answer: Record<string, unknown>) => unknown }
  /** Accepts the request and never says a word. */
  | { kind: 'hang' }
  /** Falls silent in mid-stream. */
  | { kind: 'stall'; afterTokens: number }
  /** Destroys the connection: before any answer, or in mid-stream. */
  | { kind: 'cut'; afterTokens?: number }
  /** An error line under HTTP 200, as when the runner dies; `/api/ps` then goes on listing it. */
  | { kind: 'crash'; afterTokens: number; error?: string }
  /** Ends the stream properly, but without `done:true`, as Ollama does when a model repeats itself. */
  | { kind: 'noDone'; afterTokens: number }
  /** The load fails for want of memory. */
  | { kind: 'outOfMemory' }
  /** Everything takes so many times longer. */
  | { kind: 'slow'; factor: number }
  /** Waits behind another request; no reported duration shows it. */
  | { kind: 'queued'; seconds: number }
  /** Ends with `done_reason: stop` before the asked length. */
  | { kind: 'stopsEarly'; afterTokens: number }
  /** Something happens in the daemon after the work and before the (last) answer: another program loads, say. */
  | { kind: 'meanwhile'; act: () => void }

export interface FaultOptions {
  /** Requests of this kind that pass unharmed first. Default 0. */
  skip?: number
  /** Requests that are hit. Default 1; Infinity for all. */
  times?: number
}

export interface FaultPlan {
  inject(operation: Operation, fault: Fault, options?: FaultOptions): void
  /** The fault that hits this request, if any; counts it. */
  take(operation: Operation): Fault | null
  clear(): void
}

export function createFaultPlan(): FaultPlan {
  let rules: { operation: Operation; fault: Fault; skip: number; times: number }[] = []
  return {
    inject(operation, fault, options = {}) {
      rules.push({ operation, fault, skip: options.skip ?? 0, times: options.times ?? 1 })
    },
    take(operation) {
      const rule = rules.find((candidate) => candidate.operation === operation && candidate.times > 0)
      if (!rule) return null
      if (rule.skip > 0) {
        rule.skip -= 1
        return null
      }
      rule.times -= 1
      return rule.fault
    },
    clear() {
      rules = []
    },
  }
}
