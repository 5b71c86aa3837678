import type { ErrorCode, ErrorReport } from '../../preload/contract/errors.ts'

/** What a request rejects with. It carries the report of main's `AttuneError`, whose class would bring zod along. */
export class RequestError extends Error {
  readonly code: ErrorCode
  readonly hint: string

  constructor(report: ErrorReport) {
    super(report.message)
    this.name = 'RequestError'
    this.code = report.code
    this.hint = report.hint
  }
}

/** The report of whatever was thrown; `fallback` stands in for errors that nobody wrote for people. */
export function reportOf(error: unknown, fallback: ErrorReport): ErrorReport {
  if (error instanceof RequestError) return { code: error.code, message: error.message, hint: error.hint }
  return fallback
}
