import { describe, expect, test } from 'vitest'
import { isAlive, unwritable, whileBusy } from '../../../main/store/atomic-write.ts'

const systemError = (code: string) => Object.assign(new Error(code), { code })

describe('whileBusy', () => {
  function failing(times: number, code: string) {
    let attempts = 0
    const operation = () => {
      attempts++
      return attempts <= times ? Promise.reject(systemError(code)) : Promise.resolve('done')
    }
    return { operation, attempts: () => attempts }
  }
  const atOnce = () => Promise.resolve()

  test('tries again on Windows while another program holds the file', async () => {
    const { operation } = failing(3, 'EBUSY')
    expect(await whileBusy(operation, 'win32', atOnce)).toBe('done')
  })

  test('gives up in the end', async () => {
    const { operation, attempts } = failing(99, 'EPERM')
    await expect(whileBusy(operation, 'win32', atOnce)).rejects.toThrow('EPERM')
    expect(attempts()).toBe(5)
  })

  test.each([
    ['linux', 'EPERM'],
    ['win32', 'ENOSPC'],
  ] as const)('on %s %s is final', async (platform, code) => {
    const { operation, attempts } = failing(1, code)
    await expect(whileBusy(operation, platform, atOnce)).rejects.toThrow(code)
    expect(attempts()).toBe(1)
  })
})

test.each([
  ['ENOSPC', /disk is full/],
  ['EROFS', /Allow your user to write/],
  ['EIO', /working drive/],
])('%s comes with something to do about it', (code, hint) => {
  const report = unwritable('/data/settings.json', systemError(code)).report()
  expect(report).toMatchObject({ code: 'storeUnwritable', message: `settings.json could not be saved (${code}).` })
  expect(report.hint).toMatch(hint)
  expect(report.hint).toContain('/data')
})

test('this process is alive and one beyond the largest process id is not', () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(2 ** 22 + 1)).toBe(false)
})
