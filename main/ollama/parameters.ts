import type { ParameterValue } from '../../preload/contract/model.ts'

export type Parameters = Record<string, ParameterValue>

/** Parameters that are lists even with one entry. */
const listParameters: ReadonlySet<string> = new Set(['stop'])

/**
 * Reads the `parameters` text of `/api/show`: a line for each value, name and value apart by spaces, in random order,
 * repeatable parameters on several lines. Strings come as Go source (`"a\n"`) or bare, numbers as `1.048576e+06`,
 * and a stored null as `<nil>`, which is left out because it sets nothing.
 */
export function parseParametersText(text: string): Parameters {
  const parameters: Parameters = {}
  for (const line of text.split('\n')) {
    const [, name, source] = /^(\S+)\s+(.*)$/.exec(line.trim()) ?? []
    if (name === undefined || source === undefined || source === '<nil>') continue
    addValue(parameters, name, source.startsWith('"') ? unquoteGo(source) : scalarOf(source))
  }
  return parameters
}

/** Adds one value; a list parameter, or a second value of any, makes a list. */
export function addValue(parameters: Parameters, name: string, value: string | number | boolean): void {
  const present = Object.hasOwn(parameters, name) ? parameters[name] : undefined
  if (Array.isArray(present)) present.push(String(value))
  else if (present !== undefined) setOwn(parameters, name, [String(present), String(value)])
  else setOwn(parameters, name, listParameters.has(name) ? [String(value)] : value)
}

/** A bare word as what it looks like. */
export function scalarOf(source: string): string | number | boolean {
  if (source === 'true' || source === 'false') return source === 'true'
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(source) ? Number(source) : source
}

/**
 * What has to be written so that a model built from one with `base` gets `wanted`: never a parameter equal to the
 * base's. Parameters of the base that `wanted` leaves out stay, as Ollama can override them but not remove them.
 */
export function changedParameters(base: Parameters, wanted: Parameters): Parameters {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !isEqual(base[name], value)))
}

function isEqual(left: ParameterValue | undefined, right: ParameterValue): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right
  return left.length === right.length && left.every((part, index) => part === right[index])
}

/** Unlike assignment this also holds for a parameter called `__proto__`. */
function setOwn(parameters: Parameters, name: string, value: ParameterValue): void {
  Object.defineProperty(parameters, name, { value, writable: true, enumerable: true, configurable: true })
}

const goEscapes: Record<string, string> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
}

/** An interpreted string literal of the Go language; `\x` bytes stand for themselves. */
function unquoteGo(source: string): string {
  const body = source.replace(/^"/, '').replace(/"$/, '')
  const escape = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g
  return body.replace(escape, (_, x, u, long, other: string) => {
    const code = (x ?? u ?? long) as string | undefined
    return code === undefined ? (goEscapes[other] ?? other) : String.fromCodePoint(Number.parseInt(code, 16))
  })
}
