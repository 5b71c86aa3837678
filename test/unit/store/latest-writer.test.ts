import { expect, test } from 'vitest'
import { LatestWriter } from '../../../main/store/latest-writer.ts'

/** A disk whose writes end when the test says so. */
function slowDisk() {
  const written: number[] = []
  const pending: PromiseWithResolvers<void>[] = []
  const writer = new LatestWriter<number>(async (value) => {
    const gate = Promise.withResolvers<void>()
    pending.push(gate)
    await gate.promise
    written.push(value)
  })
  const settle = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return pending.shift()
  }
  return { writer, written, settle }
}

test('writes never overlap, and of those waiting only the latest is made', async () => {
  const { writer, written, settle } = slowDisk()
  const first = writer.write(1)
  const firstGate = await settle()
  const others = [writer.write(2), writer.write(3), writer.write(4)]
  expect(await settle()).toBeUndefined()
  firstGate?.resolve()
  await first
  ;(await settle())?.resolve()
  await Promise.all(others)
  expect(written).toEqual([1, 4])
})

test('a failed write is told to those who asked for it and to no one later', async () => {
  const { writer, written, settle } = slowDisk()
  const failing = writer.write(1)
  ;(await settle())?.reject(new Error('disk full'))
  await expect(failing).rejects.toThrow('disk full')
  const next = writer.write(2)
  ;(await settle())?.resolve()
  await next
  expect(written).toEqual([2])
})

test('exclusive work waits for the writes before it', async () => {
  const { writer, written, settle } = slowDisk()
  const write = writer.write(1)
  const seen = writer.exclusive(() => Promise.resolve([...written]))
  ;(await settle())?.resolve()
  await write
  expect(await seen).toEqual([1])
})
