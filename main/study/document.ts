import type { Study } from '../../preload/contract/study.ts'
import type { TuneDocument } from '../../preload/contract/tune-document.ts'
import { say } from '../words/say.ts'
import { environmentAdvice } from './save/environment-advice.ts'

/** A study as one document for programs: what `--json` prints. */
export function tuneDocument(study: Study): TuneDocument {
  const { report, request } = study
  return {
    schemaVersion: 1,
    id: study.id,
    state: study.state,
    createdAt: study.createdAt,
    activeSeconds: study.activeSeconds,
    seed: request.seed,
    model: study.model,
    machine: study.machine,
    daemon: study.daemon,
    goal: request.goal,
    contextLength: request.contextLength,
    budget: request.budget,
    baseline: report?.baseline ?? null,
    best: report?.best ?? null,
    environment: report ? environmentAdvice(study, report.best.configuration) : null,
    trials: study.trials,
    verdict: documentVerdict(study),
    saved: study.certificates,
  }
}

function documentVerdict({ report, failure }: Study): TuneDocument['verdict'] {
  if (report) {
    const { sentence, reasons, ...figures } = report.verdict
    return { ...figures, sentence: sentence.text, reasons: reasons.map(({ text }) => text) }
  }
  return {
    kind: 'stopped',
    gainPercent: 0,
    interval: null,
    pairs: 0,
    sentence: say({ code: 'study.verdict.unmeasured', values: {} }).text,
    reasons: failure ? [failure.message] : [],
  }
}
