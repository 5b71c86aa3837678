import type { ErrorReport } from '../../preload/contract/errors.ts'
import { defaultTag, isSameName, isValidName, longestPart, normalizeName, splitName } from '../models/names.ts'

/** Why a new model cannot have this name, null if it can. `taken` are the names that exist. */
export function nameProblem(name: string, taken: readonly string[]): ErrorReport | null {
  if (!isValidName(name)) return invalidName(name)
  if (taken.some((other) => isSameName(other, name))) return takenName(name)
  return null
}

export function invalidName(name: string): ErrorReport {
  return {
    code: 'nameInvalid',
    message: `A model cannot be called "${name}".`,
    hint: 'Use letters, digits, dots, dashes and underscores, and begin with a letter or digit.',
  }
}

function takenName(name: string): ErrorReport {
  return {
    code: 'nameTaken',
    message: `There is already a model called "${name}".`,
    hint: 'Choose another name: Attune never overwrites a model.',
  }
}

/**
 * A name for the tuned version of `base` that no model has: `llama3.2:3b` becomes `llama3.2-attuned:3b`, then
 * `llama3.2-attuned-2:3b` and so on. The tag stays, as it says which size and quantisation this is; host and
 * namespace go, as the new model is the user's own and not the publisher's; an attuned base is not marked twice.
 */
export function freeTagName(base: string, taken: readonly string[]): string {
  const { model, tag } = splitName(base)
  const stem = sanitize(model).replace(/-attuned(-\d+)?$/, '')
  const ending = tag === defaultTag ? '' : `:${sanitize(tag)}`
  const used = new Set(taken.map(normalizeName))
  for (let number = 1; ; number += 1) {
    const mark = number === 1 ? '-attuned' : `-attuned-${number}`
    const name = `${stem.slice(0, longestPart - mark.length)}${mark}${ending}`
    if (!used.has(normalizeName(name))) return name
  }
}

/** Names from files may hold anything. */
function sanitize(part: string): string {
  return part.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9_]+/, '') || 'model'
}
