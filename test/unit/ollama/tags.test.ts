import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { freeTagName, nameProblem } from '../../../main/ollama/tags.ts'

describe('a name for a new model', () => {
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
