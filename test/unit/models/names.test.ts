import { describe, expect, it } from 'vitest'
import { isSameName, isValidName, normalizeName } from '../../../main/models/names.ts'

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
})
