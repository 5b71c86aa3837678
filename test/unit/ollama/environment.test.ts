import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { environmentCommands } from '../../../main/ollama/private/environment-commands.ts'
import {
  parseEnvironment,
  quotedWords,
  readServerEnvironment,
  settingsOf,
  variablesFor,
  type EnvironmentSources,
} from '../../../main/ollama/private/environment.ts'

const url = 'http://127.0.0.1:11434'
const nothing: EnvironmentSources = {
  readFile: () => Promise.resolve(null),
  listFolder: () => Promise.resolve(null),
  run: () => Promise.resolve(null),
}
const linux = { platform: 'linux', env: { OLLAMA_KV_CACHE_TYPE: 'q4_0', HOME: '/home/ada' } } as const

/** A computer with these processes: command line and environment by process id. */
function withProcesses(processes: Record<string, [command: string[], environment: string[]]>): EnvironmentSources {
  return {
    ...nothing,
    listFolder: () => Promise.resolve(['self', 'uptime', ...Object.keys(processes)]),
    readFile(path) {
      const [, , pid = '', file] = path.split('/')
      const [command = [], environment = []] = processes[pid] ?? []
      return Promise.resolve((file === 'cmdline' ? command : environment).map((word) => `${word}\0`).join(''))
    },
  }
}

describe("the environment of the user's Ollama", () => {
  it('is that of the process which serves its address', async () => {
    const sources = withProcesses({
      '7': [['/usr/bin/editor', 'serve'], ['OLLAMA_HOST=1.2.3.4']],
      '8': [
        ['/usr/bin/ollama', 'serve'],
        ['OLLAMA_HOST=127.0.0.1:9999', 'OLLAMA_FLASH_ATTENTION=0'],
      ],
      '9': [
        ['ollama', 'serve'],
        ['HOME=/srv', 'OLLAMA_FLASH_ATTENTION=1', 'HSA_OVERRIDE_GFX_VERSION=10.3.0'],
      ],
    })
    expect(await readServerEnvironment(url, 'program', linux, sources)).toEqual({
      variables: { OLLAMA_FLASH_ATTENTION: '1', HSA_OVERRIDE_GFX_VERSION: '10.3.0' },
      homeFolder: '/srv',
      isKnown: true,
    })
  })

  it("is the service's where its process cannot be read", async () => {
    const text = 'PATH=/usr/bin OLLAMA_NUM_PARALLEL=2 "OLLAMA_MODELS=/big disk/models"\n'
    const sources = { ...nothing, run: () => Promise.resolve(text) }
    expect(await readServerEnvironment(url, 'service', linux, sources)).toEqual({
      variables: { OLLAMA_NUM_PARALLEL: '2', OLLAMA_MODELS: '/big disk/models' },
      homeFolder: '/usr/share/ollama',
      isKnown: true,
    })
  })

  it('is read of the running app on macOS', async () => {
    const line = '/Applications/Ollama.app/Contents/Resources/ollama serve HOME=/Users/ada OLLAMA_FLASH_ATTENTION=1'
    const sources = { ...nothing, run: () => Promise.resolve(`/sbin/launchd\n${line}\n`) }
    expect(await readServerEnvironment(url, 'app', { platform: 'darwin', env: {} }, sources)).toMatchObject({
      variables: { OLLAMA_FLASH_ATTENTION: '1' },
      isKnown: true,
    })
  })

  it("is taken for this program's own where nothing tells, and known to be a guess", async () => {
    expect(await readServerEnvironment(url, 'program', linux, nothing)).toEqual({
      variables: { OLLAMA_KV_CACHE_TYPE: 'q4_0' },
      homeFolder: null,
      isKnown: false,
    })
  })
})

describe('what an environment sets', () => {
  it.each([
    [{}, {}],
    [{ OLLAMA_FLASH_ATTENTION: '' }, {}],
    [{ OLLAMA_FLASH_ATTENTION: 'true' }, { flash_attention: true }],
    [{ OLLAMA_FLASH_ATTENTION: 'F' }, { flash_attention: false }],
    [
      { OLLAMA_FLASH_ATTENTION: '0', OLLAMA_KV_CACHE_TYPE: 'F16' },
      { flash_attention: false, kv_cache_type: 'f16' },
    ],
    [{ OLLAMA_KV_CACHE_TYPE: 'q5_1' }, {}],
    [{ OLLAMA_NUM_PARALLEL: ' 4 ' }, { num_parallel: 4 }],
    [{ OLLAMA_NUM_PARALLEL: '0' }, {}],
    [{ OLLAMA_NUM_PARALLEL: 'many' }, {}],
  ])('of %j is %j', (variables, settings) => {
    expect(settingsOf(variables as Record<string, string>)).toEqual(settings)
  })

  it('is what the variables for it set', () => {
    const settings = fc.record(
      {
        flash_attention: fc.boolean(),
        kv_cache_type: fc.constantFrom('f16' as const),
        num_parallel: fc.integer({ min: 1, max: 64 }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(settings, (wanted) => {
        expect(settingsOf(variablesFor(wanted))).toEqual(wanted)
      }),
      { seed: 3 },
    )
    expect(settingsOf(variablesFor({ kv_cache_type: 'q8_0' }))).toEqual({
      flash_attention: true,
      kv_cache_type: 'q8_0',
    })
  })
})

it('words in quotes are one, whatever is in them', () => {
  const word = fc.string({ minLength: 1 })
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
  fc.assert(
    fc.property(fc.array(word), (words) => {
      expect(quotedWords(words.map(quoted).join(' '))).toEqual(words)
    }),
    { seed: 4 },
  )
})

it('of an environment every text can be read', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (entries) => {
      const names = Object.keys(parseEnvironment(entries))
      return names.every((name) => entries.some((entry) => entry.startsWith(`${name}=`)))
    }),
    { seed: 5 },
  )
})

describe('the commands that change an environment', () => {
  const variables = { OLLAMA_FLASH_ATTENTION: '1', OLLAMA_KV_CACHE_TYPE: 'q8_0' }

  it('write a file of their own for a service, and remove it', () => {
    const { kind, set, undo } = environmentCommands(variables, 'linux', { installation: 'service', variables: {} })
    expect(kind).toBe('systemd')
    expect(set).toContain(
      `printf '%s\\n' '[Service]' 'Environment=OLLAMA_FLASH_ATTENTION=1' 'Environment=OLLAMA_KV_CACHE_TYPE=q8_0' | sudo tee /etc/systemd/system/ollama.service.d/zz-attune.conf`,
    )
    expect(undo).toContain('sudo rm /etc/systemd/system/ollama.service.d/zz-attune.conf')
  })

  it.each([
    [
      'linux',
      'program',
      'OLLAMA_FLASH_ATTENTION=1 OLLAMA_KV_CACHE_TYPE=q8_0 ollama serve',
      'OLLAMA_KV_CACHE_TYPE=f16 ollama serve',
    ],
    ['darwin', 'app', 'launchctl setenv OLLAMA_KV_CACHE_TYPE q8_0', 'launchctl unsetenv OLLAMA_FLASH_ATTENTION'],
    ['win32', 'app', 'setx OLLAMA_FLASH_ATTENTION 1', 'setx OLLAMA_KV_CACHE_TYPE f16'],
    ['win32', 'app', 'setx OLLAMA_KV_CACHE_TYPE q8_0', 'reg delete HKCU\\Environment /F /V OLLAMA_FLASH_ATTENTION'],
  ] as const)('on %s (%s) set what is wanted and bring back what was', (platform, installation, set, undo) => {
    const before = { OLLAMA_KV_CACHE_TYPE: 'f16' }
    const commands = environmentCommands(variables, platform, { installation, variables: before })
    expect(commands.set).toContain(set)
    expect(commands.undo).toContain(undo)
  })
})
