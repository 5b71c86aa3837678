import type { Estimate, Statement } from '../../../../preload/contract/estimate.ts'
import { automatic, type LocalModel } from '../../../../preload/contract/model.ts'
import type { Study } from '../../../../preload/contract/study.ts'
import type { OkOutcome, Trial, TrialOutcome } from '../../../../preload/contract/trial.ts'

export function sentence(text: string): Statement {
  return { code: 'test', values: {}, text }
}

function exactly(mean: number): Estimate {
  return { mean, interval: null, count: 1 }
}

export function okOutcome(figures: { ttft?: number; decode?: number; ramMiB?: number; vramMiB?: number }): OkOutcome {
  return {
    kind: 'ok',
    load: {
      loadSeconds: 1,
      memory: { ramMiB: figures.ramMiB ?? 1000, vramMiB: figures.vramMiB ?? 0 },
      contextLength: 4096,
    },
    repetitions: [],
    ttftSeconds: exactly(figures.ttft ?? 1),
    prefillTokensPerSecond: exactly(400),
    decodeTokensPerSecond: exactly(figures.decode ?? 10),
    stoppedEarly: false,
  }
}

export function trial(number: number, outcome: TrialOutcome | null, change: Partial<Trial> = {}): Trial {
  return {
    number,
    purpose: 'search',
    configuration: automatic,
    reason: sentence('because'),
    startedAt: '2026-11-20T19:32:00Z',
    finishedAt: outcome === null ? null : '2026-11-20T19:33:00Z',
    outcome,
    ...change,
  }
}

/** The parts of a study that the window's logic looks at; the rest is never touched here. */
export function study(change: Partial<Study> = {}): Study {
  return {
    id: 'study-0001',
    state: 'running',
    phase: 'search',
    trials: [],
    report: null,
    certificates: [],
    updatedAt: '2026-11-20T19:32:00Z',
    ...change,
  } as Study
}

export function model(name: string, change: Partial<LocalModel> = {}): LocalModel {
  return {
    ref: { daemon: 'ollama', name },
    digest: name,
    sizeBytes: 2e9,
    parameterSize: '3B',
    quantization: 'Q4_K_M',
    family: 'llama',
    contextLength: 131_072,
    fit: 'full',
    isPractice: false,
    needsPreparation: false,
    isAttuned: false,
    ...change,
  }
}
