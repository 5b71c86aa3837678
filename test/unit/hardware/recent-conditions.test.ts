import { expect, test } from 'vitest'
import { recentConditions } from '../../../main/hardware/conditions/recent-conditions.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import { twoCores } from '../study/builders.ts'

test('several questions at once, and one soon after, share a look; a later one looks again', async () => {
  const { conditions } = calmComputer(twoCores)
  let looks = 0
  let now = 100
  const look = () => {
    looks += 1
    return conditions()
  }
  const recent = recentConditions(look, () => now)
  await Promise.all([recent(), recent(), recent()])
  now += 4
  await recent()
  expect(looks).toBe(1)
  now += 2
  await recent()
  expect(looks).toBe(2)
})
