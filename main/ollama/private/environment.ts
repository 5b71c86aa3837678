import type { CacheType } from '../../../preload/contract/model.ts'
import type { Surroundings } from '../locate.ts'
import { urlOfHost } from '../address.ts'
import type { Installation } from '../locate.ts'

/** Environment variables by their names. */
export type Variables = Readonly<Record<string, string>>

/** What reading another program's environment needs of the computer. Nothing rejects: null is "cannot be read". */
export interface EnvironmentSources {
  readFile: (path: string) => Promise<string | null>
  listFolder: (path: string) => Promise<string[] | null>
  run: (command: string, parameters: string[]) => Promise<string | null>
}

export interface ServerEnvironment {
  /** Those of the running server's variables that decide how it works. */
  variables: Variables
  /** Where it keeps its models unless a variable says so; null where that is not known. */
  homeFolder: string | null
  /** False where the server's own environment could not be read, so that this program's stands for it. */
  isKnown: boolean
}

/** Variables that decide how Ollama and the libraries below it work, and where its models are. */
const decisive = /^(?:OLLAMA|LLAMA_ARG|GGML|CUDA|HIP|HSA|ROCR|GPU|VK|OMP|LD_LIBRARY)_/

/** The variables of an environment that decide how Ollama works. */
export function decisiveOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => {
      const [name, value] = entry
      return value !== undefined && decisive.test(name)
    }),
  )
}

/**
 * The environment of the Ollama that serves `url`. No API tells it: Linux shows a process's own to its user and a
 * service's to everyone, macOS keeps one for the whole session, Windows gives the user's to every program.
 */
export async function readServerEnvironment(
  url: string,
  installation: Installation['kind'],
  { platform, env }: Pick<Surroundings, 'platform' | 'env'>,
  sources: EnvironmentSources,
): Promise<ServerEnvironment> {
  const found =
    platform === 'linux'
      ? ((await ofLinuxProcess(url, sources)) ?? (installation === 'service' ? await ofLinuxService(sources) : null))
      : platform === 'darwin'
        ? await ofMacProcess(sources)
        : platform === 'win32'
          ? env
          : null
  if (found === null) return { variables: decisiveOf(env), homeFolder: null, isKnown: false }
  return { variables: decisiveOf(found), homeFolder: found['HOME'] ?? null, isKnown: true }
}

async function ofLinuxProcess(url: string, { readFile, listFolder }: EnvironmentSources): Promise<Variables | null> {
  const pids = ((await listFolder('/proc')) ?? []).filter((name) => /^\d+$/.test(name))
  for (const pid of pids) {
    const [program = '', command] = ((await readFile(`/proc/${pid}/cmdline`)) ?? '').split('\0')
    if (command !== 'serve' || !/(?:^|\/)ollama$/.test(program)) continue
    const environment = parseEnvironment(((await readFile(`/proc/${pid}/environ`)) ?? '').split('\0'))
    if (Object.keys(environment).length > 0 && urlOfHost(environment['OLLAMA_HOST']) === url) return environment
  }
  return null
}

async function ofLinuxService({ run }: EnvironmentSources): Promise<Variables | null> {
  const text = await run('systemctl', ['show', 'ollama', '--property=Environment', '--value'])
  if (text === null) return null
  // The service's user is Ollama's own, whose home is where its installer puts it.
  return { HOME: '/usr/share/ollama', ...parseEnvironment(quotedWords(text)) }
}

/** `ps -E` prints the environment behind the command, of this user's own processes. */
async function ofMacProcess({ run }: EnvironmentSources): Promise<Variables | null> {
  const lines = ((await run('ps', ['-axww', '-E', '-o', 'command='])) ?? '').split('\n')
  const line = lines.find((text) => /^\S*(?:Ollama\.app\/\S*|\/)ollama serve .*\bHOME=/.test(text))
  return line === undefined ? null : parseEnvironment(line.split(' '))
}

/** "NAME=value" each; anything else is passed over. */
export function parseEnvironment(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(entry) ?? []
      return name === undefined || value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Words as systemd prints them: apart by spaces, in double quotes with backslashes where they have some themselves. */
export function quotedWords(text: string): string[] {
  return Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"]+)/gs), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/gs, '$1'),
  )
}

/** Settings that only the environment can make, by the names that they have as parameters of a model. */
export interface EnvironmentSettings {
  flash_attention?: boolean
  kv_cache_type?: CacheType
  num_parallel?: number
}

const flashAttention = 'OLLAMA_FLASH_ATTENTION'
const cacheType = 'OLLAMA_KV_CACHE_TYPE'
const conversations = 'OLLAMA_NUM_PARALLEL'

/** The variables that a study may change. */
export const tunableVariables = [flashAttention, cacheType, conversations] as const

/** What an environment sets; "" is not set (ollama `envconfig`, which takes any text but Go's words for false as true). */
export function settingsOf(variables: Variables): EnvironmentSettings {
  const flash = variables[flashAttention]?.trim() ?? ''
  const type = cacheTypes.find((known) => known === variables[cacheType]?.trim().toLowerCase())
  const count = /^\d+$/.exec(variables[conversations]?.trim() ?? '')
  return {
    ...(flash === '' ? {} : { flash_attention: !/^(?:0|f|false)$/i.test(flash) }),
    ...(type === undefined ? {} : { kv_cache_type: type }),
    // 0 is "as Ollama likes".
    ...(Number(count) > 0 ? { num_parallel: Number(count) } : {}),
  }
}

const cacheTypes: readonly CacheType[] = ['f16', 'q8_0', 'q4_0']

/** The variables that make these settings. A quantised cache is refused or ignored unless flash attention is demanded. */
export function variablesFor({
  flash_attention,
  kv_cache_type,
  num_parallel,
}: EnvironmentSettings): Record<string, string> {
  const isQuantised = kv_cache_type !== undefined && kv_cache_type !== 'f16'
  const flash = flash_attention ?? (isQuantised ? true : undefined)
  return {
    ...(flash === undefined ? {} : { [flashAttention]: flash ? '1' : '0' }),
    ...(kv_cache_type === undefined ? {} : { [cacheType]: kv_cache_type }),
    ...(num_parallel === undefined ? {} : { [conversations]: String(num_parallel) }),
  }
}
