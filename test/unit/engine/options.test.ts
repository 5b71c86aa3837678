import { describe, expect, it } from 'vitest'
import { resolveOptions } from '../../../main/engine/runner/options.ts'

const resolve = (tag: Record<string, unknown>, request: Record<string, unknown>) => resolveOptions(tag, request, 4096)

describe('model options', () => {
  it('take the request before the tag before the default', () => {
    const { options } = resolve({ num_thread: 2, temperature: 0.1 }, { num_thread: 3 })
    expect(options).toMatchObject({ num_thread: 3, temperature: 0.1, num_ctx: 4096, num_gpu: -1 })
  })

  it('count null as not sent and ignore unknown names', () => {
    expect(resolve({ num_ctx: 2048 }, { num_ctx: null, num_foo: 3 }).options.num_ctx).toBe(2048)
    expect(resolve({}, { constructor: 1 }).options).toEqual(resolve({}, {}).options)
  })

  it('cut the fraction of an integer', () => {
    expect(resolve({}, { num_ctx: 2048.5 }).options.num_ctx).toBe(2048)
  })

  it.each([
    ['num_ctx', '8192', 'option "num_ctx" must be of type integer'],
    ['num_ctx', true, 'option "num_ctx" must be of type integer'],
    ['use_mmap', 1, 'option "use_mmap" must be of type boolean'],
    ['temperature', '0.5', 'option "temperature" must be of type float32'],
    ['stop', 'x', 'option "stop" must be of type array'],
    ['stop', [1], 'option "stop" must be of an array of strings'],
  ])('%s = %j is refused as Ollama does', (name, value, message) => {
    expect(() => resolve({}, { [name]: value })).toThrow(message)
  })

  it('check the tag even where the request overrides it', () => {
    expect(() => resolve({ num_ctx: '8192' }, { num_ctx: 2048 })).toThrow('must be of type integer')
  })

  it('know an automatic choice from an explicit one, be it the default value', () => {
    expect(resolve({}, {})).toMatchObject({ automaticContext: true, automaticBatch: true })
    expect(resolve({ num_batch: 512 }, { num_ctx: 4096 })).toMatchObject({
      automaticContext: false,
      automaticBatch: false,
    })
  })
})
