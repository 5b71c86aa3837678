import { AttuneError } from '../../preload/contract/errors.ts'
import { addValue, scalarOf, type Parameters } from './parameters.ts'

/** Instructions that hold one text each (Ollama's `parser/parser.go`). */
export const textInstructions = [
  'FROM',
  'TEMPLATE',
  'SYSTEM',
  'ADAPTER',
  'DRAFT',
  'LICENSE',
  'RENDERER',
  'PARSER',
  'REQUIRES',
] as const
export type TextInstruction = (typeof textInstructions)[number]

export const messageRoles = ['system', 'user', 'assistant'] as const
export type MessageRole = (typeof messageRoles)[number]

/** One part of a Modelfile. Order and repetition are kept; blank lines are not. */
export type ModelfileEntry =
  | { kind: 'comment'; text: string }
  | { kind: 'text'; instruction: TextInstruction; text: string }
  | { kind: 'parameter'; name: string; text: string }
  | { kind: 'message'; role: MessageRole; text: string }

/**
 * Writes a Modelfile that Ollama reads as these very entries. Throws `invalidInput` for what its syntax cannot say:
 * a text with three quotes at the end of one of its lines, and names that are none.
 */
export function writeModelfile(entries: readonly ModelfileEntry[]): string {
  return entries.map((entry) => `${lineOf(entry)}\n`).join('')
}

function lineOf(entry: ModelfileEntry): string {
  switch (entry.kind) {
    case 'comment':
      if (/[\r\n]/.test(entry.text)) throw invalid('A comment of a Modelfile has one line.')
      return `# ${entry.text}`
    case 'text':
      return `${entry.instruction} ${quote(entry.text)}`
    case 'message':
      return `MESSAGE ${entry.role} ${quote(entry.text)}`
    case 'parameter':
      if (!/^\w+$/.test(entry.name)) throw invalid(`"${entry.name}" is not the name of a parameter.`)
      return `PARAMETER ${entry.name} ${quote(entry.text)}`
  }
}

/**
 * Ollama knows no escapes: a value ends with its line, or, if it begins with quotes, with the first line that ends in
 * the same quotes. Space around a bare value is lost.
 */
function quote(text: string): string {
  const isBare = text !== '' && text === text.trim() && !text.startsWith('"') && !/[\r\n\u0085]/.test(text)
  if (isBare) return text
  if (!text.includes('"')) return `"${text}"`
  if (/"""\s*?[\r\n]/.test(text)) throw invalid('A Modelfile cannot hold three quotes at the end of a line in a text.')
  return `"""${text}"""`
}

/**
 * Reads a Modelfile as Ollama does, but keeps comments and the characters without a shape (a zero-width joiner, say)
 * that Ollama drops. Throws `fileInvalid`, naming the line, for what Ollama would not accept.
 */
export function parseModelfile(source: string): ModelfileEntry[] {
  // Line ends stay with their lines, as a text of several lines keeps them.
  const lines = source.replace(/^\uFEFF/, '').split(/(?<=\r\n|\n|\r(?!\n))/)
  const entries: ModelfileEntry[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const lineNumber = index + 1
    const line = (lines[index] ?? '').replace(/^[ \t]+/, '')
    if (line.trim() === '') continue
    if (line.startsWith('#')) {
      entries.push({ kind: 'comment', text: line.replace(/^# ?/, '').replace(/[\r\n]+$/, '') })
      continue
    }
    const { make, rest } = parseInstruction(line, lineNumber)
    let raw = rest
    let text = unquote(raw)
    while (text === null) {
      index += 1
      const next = lines[index]
      if (next === undefined) throw unreadable(lineNumber, 'the quotes are never closed')
      raw += next
      text = unquote(raw)
    }
    entries.push(make(text))
  }
  return entries
}

function parseInstruction(line: string, lineNumber: number): { make: (text: string) => ModelfileEntry; rest: string } {
  const [, word = '', rest = ''] = /^([A-Za-z]+)[ \t]+([^]*)$/.exec(line) ?? []
  const name = word.toUpperCase()
  const instruction = textInstructions.find((known) => known === name)
  if (instruction) return { make: (text) => ({ kind: 'text', instruction, text }), rest }
  const [, key = '', value = ''] = /^(\w+)[ \t]+([^]*)$/.exec(rest) ?? []
  if (name === 'PARAMETER' && key !== '')
    return { make: (text) => ({ kind: 'parameter', name: key, text }), rest: value }
  const role = messageRoles.find((known) => known === key)
  if (name === 'MESSAGE' && role) return { make: (text) => ({ kind: 'message', role, text }), rest: value }
  throw unreadable(lineNumber, `"${line.trim().slice(0, 40)}" is no instruction`)
}

/** The text between its quotes, or null if they are still open. */
function unquote(raw: string): string | null {
  const text = raw.trim()
  if (text.startsWith('"""')) return text.length >= 6 && text.endsWith('"""') ? text.slice(3, -3) : null
  if (text.startsWith('"')) return text.length >= 2 && text.endsWith('"') ? text.slice(1, -1) : null
  return text
}

/** Parameters as entries, lists as one entry for each part. */
export function parameterEntries(parameters: Parameters): ModelfileEntry[] {
  return Object.entries(parameters).flatMap(([name, value]) =>
    [value].flat().map((part): ModelfileEntry => ({
      kind: 'parameter',
      name,
      text: typeof part === 'number' ? plainNumber(part) : String(part),
    })),
  )
}

/** The parameters of a Modelfile, each value as what it looks like; `stop` and repeated ones are lists of texts. */
export function parametersOf(entries: readonly ModelfileEntry[]): Parameters {
  const parameters: Parameters = {}
  for (const entry of entries) {
    if (entry.kind !== 'parameter') continue
    addValue(parameters, entry.name, entry.name === 'stop' ? entry.text : scalarOf(entry.text))
  }
  return parameters
}

/** A number in digits alone: `ollama create` rejects `1.048576e+06` for an integer. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) throw invalid(`${value} is not a value for a parameter.`)
  const [mantissa = '', exponent] = Math.abs(value).toString().split('e')
  const sign = value < 0 ? '-' : ''
  if (exponent === undefined) return `${sign}${mantissa}`
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  return point > 0 ? `${sign}${digits.padEnd(point, '0')}` : `${sign}0.${'0'.repeat(-point)}${digits}`
}

function invalid(message: string): AttuneError {
  return new AttuneError({ code: 'invalidInput', message, hint: 'Change the value and try again.' })
}

function unreadable(lineNumber: number, why: string): AttuneError {
  return new AttuneError({
    code: 'fileInvalid',
    message: `Line ${lineNumber} of the Modelfile cannot be read: ${why}.`,
    hint: 'Correct the line and try again.',
  })
}
