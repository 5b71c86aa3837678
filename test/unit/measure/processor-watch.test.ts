import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ProcessorReading } from '../../../main/measure/processor-watch.ts'
import { createProcessorWatch, otherLoadShare } from '../../../main/measure/processor-watch.ts'

const reading = (overrides: Partial<ProcessorReading>): ProcessorReading => ({
  atSeconds: 0,
  cores: 4,
  busySeconds: 100,
  daemonSeconds: new Map([[1, 50]]),
  ownSeconds: 10,
  ...overrides,
})

describe('otherLoadShare', () => {
  test('is what was busy less the daemon and less ourselves, of all cores', () => {
    const after = reading({ atSeconds: 10, busySeconds: 130, daemonSeconds: new Map([[1, 65]]), ownSeconds: 11 })
    // 30 s busy, 15 the daemon's, 1 ours: 14 of 40.
    expect(otherLoadShare(reading({}), after)).toBeCloseTo(0.35)
  })

  test('a process of the daemon that started in between counts with all its time', () => {
    const daemonSeconds = new Map([[1, 50], [2, 20]]) // prettier-ignore
    const after = reading({ atSeconds: 10, busySeconds: 120, daemonSeconds })
    expect(otherLoadShare(reading({}), after)).toBe(0)
  })

  test('stays within 0 and 1 where the clocks disagree', () => {
    expect(otherLoadShare(reading({}), reading({ atSeconds: 10, busySeconds: 99 }))).toBe(0)
    expect(otherLoadShare(reading({}), reading({ atSeconds: 1, busySeconds: 200 }))).toBe(1)
  })

  test('is unknown without both readings and over an instant', () => {
    expect(otherLoadShare(null, reading({}))).toBeNull()
    expect(otherLoadShare(reading({}), null)).toBeNull()
    expect(otherLoadShare(reading({}), reading({ atSeconds: 0.1 }))).toBeNull()
  })
})

describe('createProcessorWatch', () => {
  test.runIf(process.platform === 'linux')(
    'sees this very process as the daemon, its time growing with work',
    async () => {
      const watch = createProcessorWatch(() => ({ names: [], rootPid: process.pid }))
      const before = await watch.read()
      const start = process.cpuUsage()
      while (process.cpuUsage(start).user < 50_000) createHash('sha256').update('work').digest()
      const after = await watch.read()
      if (!before || !after) throw new Error('Linux tells')
      const grown = (after.daemonSeconds.get(process.pid) ?? 0) - (before.daemonSeconds.get(process.pid) ?? 0)
      expect(grown).toBeGreaterThan(0)
      expect(after.busySeconds).toBeGreaterThanOrEqual(before.busySeconds)
      expect(after.cores).toBeGreaterThan(0)
    },
  )

  test('claims nothing where the daemon is out of sight or the system does not tell', async () => {
    expect(await createProcessorWatch(() => ({ names: ['no such daemon'], rootPid: null })).read()).toBeNull()
    expect(await createProcessorWatch(() => ({ names: [], rootPid: process.pid }), 'win32').read()).toBeNull()
  })
})
