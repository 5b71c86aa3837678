import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameForFile, requireName } from '../../../main/engine/library/names.ts'
import { isValidName } from '../../../main/models/names.ts'

describe('model names', () => {
  it.each([
    ['x', 'x:latest'],
    ['x:1b', 'x:1b'],
    ['library/x', 'x:latest'],
    ['registry.ollama.ai/library/x:q4', 'x:q4'],
    ['user/x', 'user/x:latest'],
    ['hf.co/user/Model-GGUF:Q4_K_M', 'hf.co/user/Model-GGUF:Q4_K_M'],
  ])('%s is listed as %s', (name, normal) => {
    expect(requireName(name)).toBe(normal)
  })

  it.each(['', 'Bad Name!!', ':latest', 'x:', '../x', 'a/b/c/d', '-x'])('%j is invalid', (name) => {
    expect(() => requireName(name)).toThrow('invalid model name')
  })

  it('the full form of a full form is itself', () => {
    const valid = fc.stringMatching(/^[a-z0-9_.:/-]{1,20}$/).filter(isValidName)
    fc.assert(
      fc.property(valid, (name) => {
        expect(requireName(requireName(name))).toBe(requireName(name))
      }),
      { seed: 1 },
    )
  })

  it('any path gives a valid name for the file', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (path) => {
        const name = nameForFile(path)
        expect(requireName(name)).toBe(name)
      }),
      { seed: 1 },
    )
    expect(nameForFile('/home/me/My Models/Llama 3.2 (3B).Q4_0.GGUF')).toBe('llama-3.2-3b-.q4_0:latest')
    expect(nameForFile('C:\\models\\qwen.gguf')).toBe('qwen:latest')
  })
})
