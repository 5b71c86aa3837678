import type { ErrorReport } from '../../preload/contract/errors.ts'

interface NameParts {
  host: string
  namespace: string
  model: string
  tag: string
}

const defaultHost = 'registry.ollama.ai'
const defaultNamespace = 'library'
const defaultTag = 'latest'
/** Longest model, tag and namespace (Ollama's `types/model/name.go`); a host may have 350 characters. */
const longestPart = 80

/**
 * One spelling for all names of the same model: defaults filled in, then left out again, lower case, tag always
 * there. `x`, `X:latest` and `registry.ollama.ai/library/x` are all `x:latest`, as they are to Ollama.
 */
export function normalizeName(name: string): string {
  const { host, namespace, model, tag } = splitName(name.toLowerCase())
  const place = host !== defaultHost ? `${host}/${namespace}/` : namespace !== defaultNamespace ? `${namespace}/` : ''
  return `${place}${model}:${tag}`
}

/** Whether two names mean the same model. */
export function isSameName(left: string, right: string): boolean {
  return normalizeName(left) === normalizeName(right)
}

/** Whether Ollama accepts the name for a model; otherwise it answers `invalid model name`. */
export function isValidName(name: string): boolean {
  const { host, namespace, model, tag } = splitName(name)
  return (
    host.length <= 350 &&
    /^\w[\w.:-]*$/.test(host) &&
    /^\w[\w-]*$/.test(namespace) &&
    [namespace, model, tag].every((part) => part.length <= longestPart) &&
    [model, tag].every((part) => /^\w[\w.-]*$/.test(part))
  )
}

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

function splitName(name: string): NameParts {
  const [location = ''] = name.replace(/^[a-z]+:\/\//i, '').split('@')
  const slash = location.lastIndexOf('/')
  const [model = '', ...tag] = location.slice(slash + 1).split(':')
  const places = slash === -1 ? [] : location.slice(0, slash).split('/')
  const namespace = places.pop() ?? defaultNamespace
  const host = places.length === 0 ? defaultHost : places.join('/')
  return { host, namespace, model, tag: tag.length === 0 ? defaultTag : tag.join(':') }
}

/** Names from files may hold anything. */
function sanitize(part: string): string {
  return part.replace(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9_]+/, '') || 'model'
}
