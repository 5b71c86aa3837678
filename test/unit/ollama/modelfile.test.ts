import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import {
  messageRoles,
  parameterEntries,
  parametersOf,
  parseModelfile,
  plainNumber,
  textInstructions,
  writeModelfile,
  type ModelfileEntry,
} from '../../../main/ollama/modelfile.ts'
import { AttuneError } from '../../../preload/contract/errors.ts'

/** Texts with the characters that matter to the syntax far more often than chance would have them. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('"', '""', '"""', '\n', '\r\n', '\r', ' ', '\t', '#', 'a', 'é', '😀', '\\', '{{ .Prompt }}'))
    .map((parts) => parts.join('')),
)
const name = fc.stringMatching(/^[a-z_]{1,20}$/)
const entry: fc.Arbitrary<ModelfileEntry> = fc.oneof(
  fc.record({ kind: fc.constant('comment' as const), text: text.map((text) => text.replace(/[\r\n]/g, ' ')) }),
  fc.record({ kind: fc.constant('text' as const), instruction: fc.constantFrom(...textInstructions), text }),
  fc.record({ kind: fc.constant('parameter' as const), name, text }),
  fc.record({ kind: fc.constant('message' as const), role: fc.constantFrom(...messageRoles), text }),
)
/** The one thing that the syntax cannot say. */
const cannotBeSaid = ({ text }: ModelfileEntry) => /"""\s*[\r\n]/.test(text)

describe('a Modelfile', () => {
  it('is read as the very entries that were written', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const sayable = entries.filter((entry) => !cannotBeSaid(entry))
        expect(parseModelfile(writeModelfile(sayable))).toEqual(sayable)
      }),
      { seed: 4, numRuns: 2000 },
    )
  })

  it('is refused rather than written wrongly where its syntax has no words', () => {
    fc.assert(
      fc.property(
        entry.filter((entry) => entry.kind !== 'comment' && cannotBeSaid(entry)),
        (entry) => {
          expect(() => writeModelfile([entry])).toThrow(AttuneError)
        },
      ),
      { seed: 5 },
    )
  })

  it('keeps parameters of every type', () => {
    const value = fc.oneof(
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    )
    const parameters = fc.record({
      others: fc.dictionary(
        name.filter((name) => name !== 'stop'),
        value,
      ),
      stop: fc.array(
        text.filter((text) => !/"""\s*[\r\n]/.test(text)),
        { minLength: 1 },
      ),
    })
    fc.assert(
      fc.property(parameters, ({ others, stop }) => {
        const all = { ...others, stop }
        const source = writeModelfile(parameterEntries(all))
        expect(parametersOf(parseModelfile(source))).toEqual(all)
      }),
      { seed: 6, numRuns: 1000 },
    )
  })

  it('looks as people write it', () => {
    const source = writeModelfile([
      { kind: 'comment', text: 'Tuned by Attune' },
      { kind: 'text', instruction: 'FROM', text: 'llama3.2:3b' },
      ...parameterEntries({ num_ctx: 1_048_576, use_mmap: false, temperature: 0.7, stop: ['<|end|>', ' x'] }),
      { kind: 'text', instruction: 'SYSTEM', text: 'You are "kind".\nLine two.' },
      { kind: 'message', role: 'user', text: 'Hi' },
    ])
    expect(source).toBe(
      [
        '# Tuned by Attune',
        'FROM llama3.2:3b',
        'PARAMETER num_ctx 1048576',
        'PARAMETER use_mmap false',
        'PARAMETER temperature 0.7',
        'PARAMETER stop <|end|>',
        'PARAMETER stop " x"',
        'SYSTEM """You are "kind".',
        'Line two."""',
        'MESSAGE user Hi',
        '',
      ].join('\n'),
    )
  })

  it('is read leniently where Ollama is lenient', () => {
    const source =
      '\uFEFF  # note\r\nfrom  ./model.gguf \r\n\r\n\tParameter   num_ctx   4096\r\ntemplate "{{ .Prompt }}"\r\n' +
      'LICENSE """\r\nfirst\r\n"""\nADAPTER ./a.gguf\nMESSAGE assistant Hello there\nSYSTEM last'
    expect(parseModelfile(source)).toEqual([
      { kind: 'comment', text: 'note' },
      { kind: 'text', instruction: 'FROM', text: './model.gguf' },
      { kind: 'parameter', name: 'num_ctx', text: '4096' },
      { kind: 'text', instruction: 'TEMPLATE', text: '{{ .Prompt }}' },
      { kind: 'text', instruction: 'LICENSE', text: '\r\nfirst\r\n' },
      { kind: 'text', instruction: 'ADAPTER', text: './a.gguf' },
      { kind: 'message', role: 'assistant', text: 'Hello there' },
      { kind: 'text', instruction: 'SYSTEM', text: 'last' },
    ])
  })

  it.each([
    ['FROM x\nNONSENSE y\n', 'Line 2'],
    ['FROM x\nMESSAGE robot hello', 'Line 2'],
    ['FROM x\n\nSYSTEM """never\nclosed', 'Line 3'],
    ['PARAMETER num_ctx', 'Line 1'],
    ['FROM', 'Line 1'],
  ])('that cannot be read names the line: %j', (source, line) => {
    expect(() => parseModelfile(source)).toThrow(
      expect.objectContaining({ code: 'fileInvalid', message: expect.stringContaining(line) as string }) as Error,
    )
  })

  it('never takes a parameter whose name would break the line', () => {
    expect(() => writeModelfile([{ kind: 'parameter', name: 'a b', text: '1' }])).toThrow(AttuneError)
    expect(() => writeModelfile([{ kind: 'comment', text: 'a\nSYSTEM b' }])).toThrow(AttuneError)
  })
})

describe('a number in a Modelfile', () => {
  it.each([
    [1_048_576, '1048576'],
    [1e21, '1000000000000000000000'],
    [1.5e300, `15${'0'.repeat(299)}`],
    [-1e-7, '-0.0000001'],
    [1.25e-10, '0.000000000125'],
    [0.1, '0.1'],
    [-1, '-1'],
    [0, '0'],
  ])('%d is written %s', (number, text) => {
    expect(plainNumber(number)).toBe(text)
  })

  it('is digits alone and reads back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(plainNumber(number)).toMatch(/^-?\d+(\.\d+)?$/)
        expect(Number(plainNumber(number)) + 0).toBe(number + 0)
      }),
      { seed: 7, numRuns: 2000 },
    )
  })

  it('is never one that is none', () => {
    expect(() => plainNumber(Number.NaN)).toThrow(AttuneError)
    expect(() => plainNumber(Infinity)).toThrow(AttuneError)
  })
})
