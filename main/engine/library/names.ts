import { fullName, isValidName } from '../../models/names.ts'
import { ApiError } from '../errors.ts'

/** The full form of a model name; throws the 400 that `describe` words for this route where Ollama accepts no such name. */
export function requireName(name: string, describe: (name: string) => string = () => 'invalid model name'): string {
  if (!isValidName(name)) throw new ApiError(400, describe(name))
  return fullName(name)
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
