import { expect, it } from 'vitest'
import { icnsOf, icoOf } from '../../../scripts/package/icon-files.ts'

const pictures = [16, 256].map((size) => ({ size, png: Buffer.from(`png of ${size}`) }))

it('puts pictures into Windows’ icon file, each where its entry says', () => {
  const ico = icoOf(pictures)
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 2])
  const entries = [6, 22].map((at) => ({
    width: ico.readUInt8(at),
    picture: ico.subarray(ico.readUInt32LE(at + 12), ico.readUInt32LE(at + 12) + ico.readUInt32LE(at + 8)).toString(),
  }))
  expect(entries).toEqual([
    { width: 16, picture: 'png of 16' },
    { width: 0, picture: 'png of 256' },
  ])
})

it('puts pictures into macOS’s icon file, those that it has a type for', () => {
  const icns = icnsOf(pictures)
  expect(icns.toString('latin1', 0, 4)).toBe('icns')
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  expect(icns.toString('latin1', 8, 12)).toBe('ic08')
  expect(icns.toString('latin1', 16)).toBe('png of 256')
})
