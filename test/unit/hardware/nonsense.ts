import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { parse } from 'yaml'
import { z } from 'zod'
import { machineNames } from './played-machine.ts'

const texts = z.record(z.string(), z.string()).default({})
const schema = z.object({ files: texts, commands: texts })

/** Everything that the played computers' files and tools say: the soil for believable nonsense. */
const captured = machineNames.flatMap((name) => {
  const file = path.join(import.meta.dirname, '../../fixtures/hardware', name, 'machine.yaml')
  const { files, commands } = schema.parse(parse(readFileSync(file, 'utf8')))
  return [...Object.values(files).filter((text) => text.length > 40), ...Object.values(commands)]
})

/** A real output in which one piece is replaced by something else. */
const mutilated = fc
  .tuple(fc.constantFrom(...captured), fc.nat(), fc.nat(60), fc.oneof(fc.string(), fc.integer().map(String)))
  .map(([text, position, length, replacement]) => {
    const start = position % text.length
    return text.slice(0, start) + replacement + text.slice(start + length)
  })

/** What a tool might print on a bad day: broken copies of real outputs, bare numbers, JSON of any shape, noise. */
export const nonsense = fc.oneof(
  mutilated,
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.integer().map(String),
  fc.constantFrom('', '\n', '-1', '99999999999999999999', '0-99999', 'max', '{}', '{"card0":null}'),
)
