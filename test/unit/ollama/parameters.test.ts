import { describe, expect, it } from 'vitest'
import { changedParameters, parseParametersText } from '../../../main/ollama/parameters.ts'

describe('the parameters that a daemon shows', () => {
  it('are read as what they are', () => {
    const text = [
      'use_mmap                       false',
      'stop                           "a"',
      'temperature                    0.2',
      'stop                           "b c"',
      'num_gpu                        -1',
      'num_ctx                        1.048576e+06',
      'seed                           1.23456789e+08',
    ].join('\n')
    expect(parseParametersText(text)).toEqual({
      use_mmap: false,
      stop: ['a', 'b c'],
      temperature: 0.2,
      num_gpu: -1,
      num_ctx: 1_048_576,
      seed: 123_456_789,
    })
  })

  it('are a list for stop even with one entry, quoted or not', () => {
    expect(parseParametersText('stop <|end|>')).toEqual({ stop: ['<|end|>'] })
    expect(parseParametersText('stop    "<|end|>"')).toEqual({ stop: ['<|end|>'] })
    expect(parseParametersText('stop 5')).toEqual({ stop: ['5'] })
    expect(parseParametersText('stop two words')).toEqual({ stop: ['two words'] })
  })

  it('are a list when any is repeated', () => {
    expect(parseParametersText('foo 1\nfoo 2\nfoo 3')).toEqual({ foo: ['1', '2', '3'] })
  })

  it.each([
    [String.raw`"a\nb\t\"c\"\\"`, 'a\nb\t"c"\\'],
    [String.raw`"\u00e9\U0001F600\x41\a"`, 'é😀A\u0007'],
    ['""', ''],
    ['"8192"', '8192'],
  ])('unquote %s', (source, text) => {
    expect(parseParametersText(`foo   ${source}`)).toEqual({ foo: text })
  })

  it('leave out a stored null, blank lines and an empty text', () => {
    expect(parseParametersText('num_ctx    <nil>\n\n')).toEqual({})
    expect(parseParametersText('')).toEqual({})
  })

  it('take any name for a name', () => {
    const parameters = parseParametersText('__proto__ 1\nconstructor 2\n__proto__ 3')
    expect(Object.entries(parameters)).toEqual([
      ['__proto__', ['1', '3']],
      ['constructor', 2],
    ])
  })
})

describe('what changes over a base', () => {
  it('is never a parameter equal to the base’s', () => {
    const base = { num_ctx: 4096, num_thread: 16, use_mmap: true, stop: ['a', 'b'] }
    expect(changedParameters(base, { ...base })).toEqual({})
    expect(changedParameters(base, { num_ctx: 4096, num_thread: 8, num_gpu: 20 })).toEqual({
      num_thread: 8,
      num_gpu: 20,
    })
    expect(changedParameters(base, { stop: ['a', 'b'] })).toEqual({})
    expect(changedParameters(base, { stop: ['b', 'a'] })).toEqual({ stop: ['b', 'a'] })
    expect(changedParameters(base, { stop: ['a'] })).toEqual({ stop: ['a'] })
  })

  it('tells a number from the text of that number, which breaks a tag', () => {
    expect(changedParameters({ num_ctx: '8192' }, { num_ctx: 8192 })).toEqual({ num_ctx: 8192 })
  })
})
