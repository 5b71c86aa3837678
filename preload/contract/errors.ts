import { z } from 'zod'

/** Every way in which a request can fail that a person or program may want to tell apart. */
export const errorCodeSchema = z.enum([
  'invalidInput',
  'notFound',
  'conflict',
  'cancelled',
  'daemonUnreachable',
  'daemonMissing',
  'daemonBusy',
  'daemonRefused',
  'daemonError',
  'daemonUnexpectedAnswer',
  'daemonDisconnected',
  'modelNotFound',
  'modelUnsupported',
  'outOfMemory',
  'diskFull',
  'timeout',
  'engineCrashed',
  'nameTaken',
  'nameInvalid',
  'fileInvalid',
  'storeUnwritable',
  'studyRunning',
  'internal',
])
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** What a person is told: one sentence of what happened, and one thing to do next. */
export const errorReportSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  hint: z.string(),
})
export type ErrorReport = z.infer<typeof errorReportSchema>

/** The one error class that crosses module borders; everything else is a bug and becomes `internal`. */
export class AttuneError extends Error {
  readonly code: ErrorCode
  readonly hint: string

  constructor(report: ErrorReport, options?: ErrorOptions) {
    super(report.message, options)
    this.name = 'AttuneError'
    this.code = report.code
    this.hint = report.hint
  }

  report(): ErrorReport {
    return { code: this.code, message: this.message, hint: this.hint }
  }
}
