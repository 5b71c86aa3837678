interface NameParts {
  host: string
  namespace: string
  model: string
  tag: string
}

const defaultHost = 'registry.ollama.ai'
const defaultNamespace = 'library'
export const defaultTag = 'latest'
/** Longest model, tag and namespace (Ollama's `types/model/name.go`); a host may have 350 characters. */
export const longestPart = 80

/** A name as Ollama lists it: tag always there, the registry's defaults left out, upper and lower case as given. */
export function fullName(name: string): string {
  const { host, namespace, model, tag } = splitName(name)
  const place = host !== defaultHost ? `${host}/${namespace}/` : namespace !== defaultNamespace ? `${namespace}/` : ''
  return `${place}${model}:${tag}`
}

/**
 * One spelling for all names of the same model: `x`, `X:latest` and `registry.ollama.ai/library/x` are all `x:latest`,
 * as they are to Ollama.
 */
export function normalizeName(name: string): string {
  return fullName(name.toLowerCase())
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

/** Its parts, with the registry's defaults filled in; nothing is checked. */
export function splitName(name: string): NameParts {
  const [location = ''] = name.replace(/^[a-z]+:\/\//i, '').split('@')
  const slash = location.lastIndexOf('/')
  const [model = '', ...tag] = location.slice(slash + 1).split(':')
  const places = slash === -1 ? [] : location.slice(0, slash).split('/')
  const namespace = places.pop() ?? defaultNamespace
  const host = places.length === 0 ? defaultHost : places.join('/')
  return { host, namespace, model, tag: tag.length === 0 ? defaultTag : tag.join(':') }
}
