import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOfStat } from '../../../main/store/process-identity.ts'

const tail = 'S 1 2 2 0 -1 4194304 100 0 0 0 5 3 0 0 20 0 11 0 8675309 1000 200'

describe('startOfStat', () => {
  test('is the start tick with the boot it counts from', () => {
    expect(startOfStat(`42 (node) ${tail}`, 'boot-1\n')).toBe('8675309@boot-1')
  })

  test('is not misled by what a program calls itself', () => {
    const name = fc.string().filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(name, (name) => startOfStat(`42 (${name}) ${tail}`, 'boot-1') === '8675309@boot-1'),
      { seed: 1 },
    )
  })

  test('of any other text is null or digits, never an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => /^\d+@boot$/.test(startOfStat(text, 'boot') ?? '0@boot')),
      { seed: 1 },
    )
  })
})
