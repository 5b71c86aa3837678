import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { profileMachine } from '../../../main/hardware/profile.ts'
import type { MachineSources } from '../../../main/hardware/sources.ts'
import { machineProfileSchema } from '../../../preload/contract/machine.ts'
import { badMachine } from './bad-machine.ts'
import { nonsense } from './nonsense.ts'
import { machineNames, playMachine } from './played-machine.ts'

const platforms = ['linux', 'darwin', 'win32', 'freebsd']

describe('on a bad day', () => {
  it('a profile is valid whatever files and tools say', async () => {
    const answers = fc.array(nonsense, { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...platforms), answers, fc.anything(), async (platform, texts, library) => {
        const profile = await profileMachine(badMachine(platform, texts, library))
        expect(machineProfileSchema.safeParse(profile).error).toBeUndefined()
        expect(profile.cpu.allowedCores).toBeLessThanOrEqual(profile.cpu.logicalCores)
        expect(profile.memory.availableMiB).toBeLessThanOrEqual(profile.memory.totalMiB)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('a tool that never answers costs its own facts and no others', async () => {
    const { sources, expected } = playMachine('desktop-ryzen-rtx3060')
    const hanging: MachineSources = { ...sources, run: () => new Promise(() => {}) }
    const profile = await profileMachine(hanging, 0.05)
    expect(profile.gpus).toEqual([])
    expect({ ...profile, gpus: null, otherGraphics: null }).toEqual({
      ...(expected as object),
      gpus: null,
      otherGraphics: null,
    })
  })

  it.each(machineNames)('sources that reject do not make the profile of %s reject', async (name) => {
    const { sources } = playMachine(name)
    const fail = () => Promise.reject(new Error('no'))
    const failing: MachineSources = {
      basics: sources.basics,
      readFile: fail,
      listFolder: fail,
      run: fail,
      freeDiskBytes: fail,
      processorTimes: () => sources.processorTimes(),
      systemInformation: { cpu: fail, memory: fail, graphics: fail },
    }
    const profile = await profileMachine(failing)
    expect(profile.gpus).toEqual([])
    expect(machineProfileSchema.safeParse(profile).success).toBe(true)
  })
})
