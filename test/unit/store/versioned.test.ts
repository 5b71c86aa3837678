import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { VersionedFormat } from '../../../main/store/versioned.ts'
import { formatVersioned, parseVersioned } from '../../../main/store/versioned.ts'

interface Shelf {
  schemaVersion: 3
  books: string[]
  owner: string
}

/** Version 1 had one `book`; version 2 several; version 3 an owner. */
const format: VersionedFormat<Shelf> = {
  schema: z.object({ schemaVersion: z.literal(3), books: z.array(z.string()), owner: z.string() }),
  version: 3,
  migrations: {
    1: ({ book, ...rest }) => ({ ...rest, books: [(book as string).trim()] }),
    2: (data) => ({ ...data, owner: 'nobody' }),
  },
}

describe('parseVersioned', () => {
  test('the current version is read as it is', () => {
    const data: Shelf = { schemaVersion: 3, books: ['a'], owner: 'me' }
    expect(parseVersioned(JSON.stringify(data), format)).toEqual({ kind: 'valid', data, migratedFrom: null })
  })

  test('an old version climbs every step to the current one', () => {
    expect(parseVersioned('{"schemaVersion":1,"book":" a "}', format)).toEqual({
      kind: 'valid',
      data: { schemaVersion: 3, books: ['a'], owner: 'nobody' },
      migratedFrom: 1,
    })
  })

  test.each([
    ['a newer version, whatever else it holds', '{"schemaVersion":4,"shelves":[]}', { kind: 'newer', version: 4 }],
    ['a version without a way up', '{"schemaVersion":0,"book":"a"}', { kind: 'corrupt' }],
    ['old data that its migration trips over', '{"schemaVersion":1,"book":5}', { kind: 'corrupt' }],
    ['data that misses a part', '{"schemaVersion":3,"books":[]}', { kind: 'corrupt' }],
    ['half a file', '{"schemaVersion":3,"books":["a"', { kind: 'corrupt' }],
    ['an empty file', '', { kind: 'corrupt' }],
    ['zeros, as some file systems leave after a power cut', '\0'.repeat(64), { kind: 'corrupt' }],
  ])('%s is told from valid data', (_, text, expected) => {
    expect(parseVersioned(text, format)).toEqual(expected)
  })

  test('no text makes it throw, and what it accepts fits the schema', () => {
    const versioned = fc.record({
      schemaVersion: fc.integer({ min: -1, max: 5 }),
      book: fc.jsonValue(),
      books: fc.jsonValue(),
    })
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      versioned.map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(text, (text) => {
        const parsed = parseVersioned(text, format)
        return parsed.kind !== 'valid' || format.schema.safeParse(parsed.data).success
      }),
      { seed: 1, numRuns: 2000 },
    )
  })
})

describe('formatVersioned', () => {
  test('what it writes is read back as it was', () => {
    const shelf = fc.record({ schemaVersion: fc.constant<3>(3), books: fc.array(fc.string()), owner: fc.string() })
    fc.assert(
      fc.property(shelf, (data) => {
        expect(parseVersioned(formatVersioned(data, format), format)).toEqual({
          kind: 'valid',
          data,
          migratedFrom: null,
        })
      }),
      { seed: 1 },
    )
  })

  test('data that could not be read back is refused before it replaces anything', () => {
    const broken = { schemaVersion: 3, books: [Number.NaN], owner: 'me' } as unknown as Shelf
    expect(() => formatVersioned(broken, format)).toThrow(/does not fit/)
  })
})
