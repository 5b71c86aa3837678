import { describe, expect, it } from 'vitest'
import { profileMachine } from '../../../main/hardware/profile.ts'
import { machineProfileSchema } from '../../../preload/contract/machine.ts'
import { machineNames, playMachine } from './played-machine.ts'

describe('the profile of a computer', () => {
  it.each(machineNames)('is right for %s', async (name) => {
    const { sources, expected } = playMachine(name)
    const profile = await profileMachine(sources)
    expect(profile).toEqual(expected)
    expect(machineProfileSchema.parse(profile)).toEqual(profile)
  })

  it('is played on at least thirty different computers', () => {
    expect(machineNames.length).toBeGreaterThanOrEqual(30)
  })
})
