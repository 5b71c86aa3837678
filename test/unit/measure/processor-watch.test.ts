import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { ProcessorReading } from '../../../main/measure/processor-watch.ts'
import { createProcessorWatch, processorUse } from '../../../main/measure/processor-watch.ts'

const reading = (overrides: Partial<ProcessorReading>): ProcessorReading => ({
  atSeconds: 0,
  cores: 4,
  busySeconds: 100,
  daemonSeconds: new Map([[1, 50]]),
  ownSeconds: 10,
  ...overrides,
})

describe('processorUse', () => {
  test('others have what was busy less the daemon and less ourselves', () => {
    const after = reading({ atSeconds: 10, busySeconds: 130, daemonSeconds: new Map([[1, 65]]), ownSeconds: 11 })
    // Of 40 s of four cores 30 were busy, 15 by the daemon and 1 by us.
    expect(processorUse(reading({}), after)).toEqual({ cores: 4, daemonShare: 0.375, otherShare: 0.35 })
  })

  test('a process of the daemon that started in between counts with all its time', () => {
    const daemonSeconds = new Map([[1, 50], [2, 20]]) // prettier-ignore
    const after = reading({ atSeconds: 10, busySeconds: 120, daemonSeconds })
    expect(processorUse(reading({}), after)).toMatchObject({ daemonShare: 0.5, otherShare: 0 })
  })

  test('stays within 0 and 1 where the clocks disagree', () => {
    expect(processorUse(reading({}), reading({ atSeconds: 10, busySeconds: 99 }))?.otherShare).toBe(0)
    expect(processorUse(reading({}), reading({ atSeconds: 1, busySeconds: 200 }))?.otherShare).toBe(1)
  })

  test('is unknown without both readings and over an instant', () => {
    expect(processorUse(null, reading({}))).toBeNull()
    expect(processorUse(reading({}), null)).toBeNull()
    expect(processorUse(reading({}), reading({ atSeconds: 0.1 }))).toBeNull()
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

  test.runIf(process.platform === 'linux')(
    'sees a process that the daemon has started since the last look',
    async () => {
      const watch = createProcessorWatch(() => ({ names: [], rootPid: process.pid }))
      await watch.read()
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
      try {
        await once(child, 'spawn')
        expect((await watch.read())?.daemonSeconds.has(child.pid ?? 0)).toBe(true)
      } finally {
        child.kill()
        await once(child, 'exit')
      }
    },
  )

  test('claims nothing where the daemon is out of sight or the system does not tell', async () => {
    expect(await createProcessorWatch(() => ({ names: ['no such daemon'], rootPid: null })).read()).toBeNull()
    expect(await createProcessorWatch(() => ({ names: [], rootPid: process.pid }), 'win32').read()).toBeNull()
  })
})
