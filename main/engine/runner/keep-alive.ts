import { ApiError } from '../errors.ts'

/** Ollama's default: five minutes after its last use a model is unloaded. */
export const defaultKeepAliveSeconds = 300

const unitSeconds: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 }

/**
 * `keep_alive` as seconds: a number of seconds or a Go duration ("5m", "1h30m"); negative is for ever (Infinity).
 * Null where none was sent. Throws the 400 that Ollama gives for a malformed duration.
 */
export function parseKeepAlive(value: number | string | null | undefined): number | null {
  if (value === undefined || value === null) return null
  const seconds = typeof value === 'number' ? value : parseGoDuration(value)
  return seconds < 0 ? Infinity : seconds
}

function parseGoDuration(text: string): number {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (body === '0') return 0
  if (/^[\d.]+$/.test(body) && /\d/.test(body)) {
    throw new ApiError(400, `time: missing unit in duration ${JSON.stringify(text)}`)
  }
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(body)) {
    throw new ApiError(400, `time: invalid duration ${JSON.stringify(text)}`)
  }
  const parts = body.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)
  const seconds = [...parts].reduce((sum, [, number, unit = '']) => sum + Number(number) * (unitSeconds[unit] ?? 0), 0)
  return sign === '-' ? -seconds : seconds
}
