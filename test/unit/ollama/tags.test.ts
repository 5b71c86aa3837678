import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { freeTagName, isSameName, isValidName, nameProblem, normalizeName } from '../../../main/ollama/tags.ts'

describe('a model’s name', () => {
  it.each([
    ['x', 'x:latest'],
    ['X:Latest', 'x:latest'],
    ['library/x', 'x:latest'],
    ['registry.ollama.ai/library/x:latest', 'x:latest'],
    ['https://registry.ollama.ai/library/x', 'x:latest'],
    ['llama3.2:3b', 'llama3.2:3b'],
    ['me/x:1', 'me/x:1'],
    ['hf.co/Some/Model-GGUF:Q4_K_M', 'hf.co/some/model-gguf:q4_k_m'],
    ['localhost:5000/me/x', 'localhost:5000/me/x:latest'],
  ])('%s is spelled %s', (name, spelling) => {
    expect(normalizeName(name)).toBe(spelling)
  })

  it('keeps apart what differs', () => {
    expect(isSameName('x:1', 'x:2')).toBe(false)
    expect(isSameName('me/x', 'x')).toBe(false)
    expect(isSameName('hf.co/library/x', 'x')).toBe(false)
  })

  it.each(['x', 'X', '_x', '1', 'llama3.2:3b', 'me/x:q4_K_M', 'hf.co/some/Model-GGUF:Q8_0', 'localhost:5000/me/x'])(
    '%j is accepted by Ollama',
    (name) => expect(isValidName(name)).toBe(true),
  )

  it.each(
    [
      ['', ' ', 'Bad Name!!', '-x', '.x', 'x:', ':x', 'x:a:b', 'x:-a', 'ü', 'x/', '/x', 'a.b/x', 'a/b/c/d'],
      ['x'.repeat(81), `x:${'y'.repeat(81)}`],
    ].flat(),
  )('%j is not', (name) => expect(isValidName(name)).toBe(false))

  it('has a problem when it is invalid or taken', () => {
    expect(nameProblem('no good', [])).toMatchObject({ code: 'nameInvalid' })
    expect(nameProblem('Base', ['base:latest'])).toMatchObject({ code: 'nameTaken' })
    expect(nameProblem('base:2', ['base:latest'])).toBeNull()
  })
})

describe('a free name for the tuned model', () => {
  it.each([
    ['llama3.2:3b', 'llama3.2-attuned:3b'],
    ['practice', 'practice-attuned'],
    ['practice:latest', 'practice-attuned'],
    ['me/mine:1', 'mine-attuned:1'],
    ['hf.co/some/Model-GGUF:Q4_K_M', 'Model-GGUF-attuned:Q4_K_M'],
    ['llama3.2-attuned:3b', 'llama3.2-attuned:3b'],
    ['llama3.2-attuned-2:3b', 'llama3.2-attuned:3b'],
    ['My Model (1).gguf', 'My-Model-1-.gguf-attuned'],
  ])('for %s is %s', (base, name) => {
    expect(freeTagName(base, [])).toBe(name)
  })

  it('counts on while the names are taken, whatever their spelling', () => {
    const taken = ['llama3.2:3b', 'LLAMA3.2-Attuned:3B', 'llama3.2-attuned-2:3b', 'llama3.2-attuned-3']
    expect(freeTagName('llama3.2:3b', taken)).toBe('llama3.2-attuned-3:3b')
    expect(freeTagName('x', ['x-attuned:latest'])).toBe('x-attuned-2')
  })

  it('is always valid and free, even for the longest or strangest base', () => {
    const base = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^\w[\w.-]{70,79}(:\w[\w.-]{0,79})?$/))
    fc.assert(
      fc.property(base, (base) => {
        const taken: string[] = [base]
        for (let count = 0; count < 12; count += 1) {
          const name = freeTagName(base, taken)
          expect(nameProblem(name, taken)).toBeNull()
          taken.push(name)
        }
      }),
      { seed: 3 },
    )
  })
})
