import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { readConditions } from '../../../main/hardware/conditions/read-conditions.ts'
import { profileMachine, toolLimitSeconds } from '../../../main/hardware/profile.ts'
import { realSources } from '../../../main/hardware/sources.ts'
import { machineProfileSchema } from '../../../preload/contract/machine.ts'

describe('the computer that runs the tests', () => {
  it('has a valid profile that agrees with Node', async () => {
    const profile = await profileMachine(realSources(toolLimitSeconds))
    expect(machineProfileSchema.parse(profile)).toEqual(profile)
    expect(profile.cpu.allowedCores).toBeLessThanOrEqual(os.availableParallelism())
    expect(profile.cpu.name).not.toBe('unknown processor')
    expect(profile.memory.totalMiB).toBeLessThanOrEqual(os.totalmem() / 2 ** 20)
    expect(profile.memory.availableMiB).toBeGreaterThan(0)
    expect(profile.os.platform).toBe(os.platform())
  })
})

describe('the conditions of the computer that runs the tests', () => {
  it('are read from what it has', async () => {
    const options = { diskFolder: os.tmpdir(), wait: () => sleep(300) }
    const conditions = await readConditions(realSources(toolLimitSeconds), options)
    expect(conditions.processor?.busyShare).toBeGreaterThanOrEqual(0)
    expect(conditions.processor?.busyShare).toBeLessThanOrEqual(1)
    expect(conditions.freeDiskMiB).toBeGreaterThan(0)
    expect(conditions.memory.availableMiB).toBeGreaterThan(0)
  })
})

describe('a tool', () => {
  const node = process.execPath

  it('is heard out even if it ends with an error', async () => {
    const text = await realSources(20).run(node, ['-e', 'console.log("partly"); process.exitCode = 9'])
    expect(text).toBe('partly\n')
  })

  it('that is missing says nothing', async () => {
    expect(await realSources(20).run('attune-no-such-tool', [])).toBeNull()
  })

  it('that hangs is ended and says nothing', async () => {
    expect(await realSources(0.2).run(node, ['-e', 'setTimeout(() => {}, 600_000)'])).toBeNull()
  })
})
