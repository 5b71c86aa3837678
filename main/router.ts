import type { z } from 'zod'
import { AttuneError } from '../preload/contract/errors.ts'
import { routes, type Envelope, type Handlers, type RouteName } from '../preload/contract/routes.ts'

/** The one way from any window into main: Electron's channel, the WebSocket and tests all call `handle`. */
export interface Router {
  /** Never rejects: whatever goes wrong travels in the envelope. */
  handle(route: unknown, input: unknown): Promise<Envelope<unknown>>
}

/**
 * Checks a request against the contract, calls its handler and wraps the answer.
 *
 * @param reportBug is told of every error that is not an `AttuneError`; the caller sees only `internal`.
 */
export function createRouter(handlers: Handlers, reportBug: (route: RouteName, error: unknown) => void): Router {
  return {
    async handle(route, input) {
      if (!isRouteName(route)) {
        return refuse({
          code: 'notFound',
          message: `There is no request called ${JSON.stringify(route)}.`,
          hint: 'Reload the window: it may be older than the program behind it.',
        })
      }
      const parsed = routes[route].input.safeParse(input)
      if (!parsed.success) {
        return refuse({
          code: 'invalidInput',
          message: `The request ${route} was not understood: ${firstProblem(parsed.error)}.`,
          hint: 'Check the value and try again.',
        })
      }
      try {
        // The map's value type depends on its key, which TypeScript cannot follow through a variable key.
        const handler = handlers[route] as (checked: unknown) => Promise<unknown>
        return { ok: true, data: await handler(parsed.data) }
      } catch (error) {
        if (error instanceof AttuneError) return refuse(error.report())
        reportBug(route, error)
        return refuse({
          code: 'internal',
          message: 'Something went wrong inside Attune.',
          hint: 'Try again. If it stays, the log in the data folder says more.',
        })
      }
    },
  }
}

function isRouteName(value: unknown): value is RouteName {
  return typeof value === 'string' && Object.hasOwn(routes, value)
}

function refuse(error: Extract<Envelope<never>, { ok: false }>['error']): Envelope<never> {
  return { ok: false, error }
}

function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return 'it does not fit'
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  return `${where}${issue.message}`
}
