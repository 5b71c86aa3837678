import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { readJsonLines } from '../../../main/ollama/http/json-lines.ts'

function streamOf(parts: Uint8Array[]): ReadableStream<Uint8Array> {
  return ReadableStream.from<Uint8Array>(parts)
}

async function readAll(parts: Uint8Array[]): Promise<unknown[]> {
  const values: unknown[] = []
  for await (const value of readJsonLines(streamOf(parts))) values.push(value)
  return values
}

describe('lines of JSON', () => {
  it('are read alike however the network cuts them, even within a character', async () => {
    const value = fc.record({ response: fc.string({ unit: 'grapheme' }), done: fc.boolean() })
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(value), cuts, fc.boolean(), async (values, cuts, endsWithNewline) => {
        const text = values.map((value) => JSON.stringify(value)).join('\n') + (endsWithNewline ? '\n' : '')
        const bytes = Buffer.from(text)
        const parts: Uint8Array[] = []
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const length = cuts[turn % cuts.length] ?? 1
          parts.push(bytes.subarray(at, at + length))
          at += length
        }
        expect(await readAll(parts)).toEqual(values)
      }),
      { seed: 8 },
    )
  })

  it('may be blank', async () => {
    expect(await readAll([Buffer.from('\n{"a":1}\n\r\n\n{"b":2}\n')])).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('that are no JSON are an error, after what came before', async () => {
    const seen: unknown[] = []
    const read = async () => {
      for await (const value of readJsonLines(streamOf([Buffer.from('{"a":1}\n<html>\n')]))) seen.push(value)
    }
    await expect(read()).rejects.toThrow(SyntaxError)
    expect(seen).toEqual([{ a: 1 }])
  })
})
