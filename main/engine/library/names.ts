import { ApiError } from '../errors.ts'

const partPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}$/
/** A namespace, or a host, which may have dots and a port. */
const folderPattern = /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,79}$/

/**
 * The full form of a model name as Ollama lists it: `x` → `x:latest`, registry defaults left out
 * (`registry.ollama.ai/library/x:1b` → `x:1b`). Null where Ollama would call the name invalid.
 */
export function normalizeName(name: string): string | null {
  const bare = name.replace(/^(https?:\/\/)?registry\.ollama\.ai\//, '').replace(/^library\//, '')
  const colon = bare.lastIndexOf(':')
  const hasTag = colon > bare.lastIndexOf('/')
  const tag = hasTag ? bare.slice(colon + 1) : 'latest'
  const path = (hasTag ? bare.slice(0, colon) : bare).split('/')
  const model = path.pop() ?? ''
  const isValid =
    partPattern.test(tag) &&
    partPattern.test(model) &&
    path.length <= 2 &&
    path.every((part) => folderPattern.test(part))
  return isValid ? [...path, model].join('/') + `:${tag}` : null
}

/** As `normalizeName`; throws the 400 that `describe` words for this route. */
export function requireName(name: string, describe: (name: string) => string = () => 'invalid model name'): string {
  const normal = normalizeName(name)
  if (normal === null) throw new ApiError(400, describe(name))
  return normal
}

/** The tag for a GGUF file that a person opened: its file name, with what names must not contain replaced. */
export function nameForFile(path: string): string {
  const base = path.replace(/^.*[/\\]/, '').replace(/\.gguf$/i, '')
  const safe = base
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[^a-z0-9_]+/, '')
    .slice(0, 80)
  return `${safe || 'model'}:latest`
}
