import { describe, expect, test } from 'vitest'
import type { Condition, OwnUse } from '../../../main/hardware/conditions/conditions.ts'
import { measureTrial } from '../../../main/measure/trial.ts'
import { createFakeClock, createFakeDaemon, trialRequest, type FakeDaemonScript } from './fake-daemon.ts'

const onBattery: Condition = { code: 'machine.onBattery', values: {} }
const busyCard: Condition = { code: 'machine.busyGraphics', values: { name: 'Card', percent: 80 } }
const hot: Condition = { code: 'machine.hot', values: {} }
const fullDisk: Condition = { code: 'machine.lowDisk', values: { freeMiB: 100 } }

/** A trial on a computer whose conditions at each look are told by `look`. */
async function runWith(look: (index: number) => Condition[], script: FakeDaemonScript = {}) {
  const clock = createFakeClock()
  const daemon = createFakeDaemon(clock, script)
  const asked: { own: OwnUse; answersBefore: number }[] = []
  const conditionsWatch = (own: OwnUse) => {
    asked.push({ own, answersBefore: daemon.requests.length })
    return Promise.resolve(look(asked.length - 1))
  }
  const request = trialRequest(daemon, clock, { conditionsWatch })
  const outcome = await measureTrial(request)
  const conditions = 'conditions' in outcome ? outcome.conditions?.map(({ code }) => code) : undefined
  return { outcome, conditions, daemon, asked, activities: request.activities, seconds: clock.now() - 100 }
}

describe('around a trial', () => {
  test('the computer is looked at once before the load and once after the last answer', async () => {
    const { outcome, conditions, asked } = await runWith(() => [])
    expect(outcome.kind).toBe('ok')
    expect(conditions).toEqual([])
    expect(asked.map(({ answersBefore }) => answersBefore)).toEqual([0, 4])
  })

  test('what our own model holds is told apart from what others hold', async () => {
    const { asked } = await runWith(() => [])
    expect(asked.map(({ own }) => [own.vramMiB, own.ramMiB])).toEqual([
      [0, 0],
      [250, 750],
    ])
  })

  test('what lasts is marked and does not spoil the figures', async () => {
    const { outcome, conditions } = await runWith(() => [onBattery, hot, fullDisk])
    expect(outcome.kind).toBe('ok')
    expect(conditions).toEqual(['machine.onBattery', 'machine.hot'])
  })

  test.each([
    ['unplugged', [], [onBattery]],
    ['plugged in', [onBattery], []],
  ])('being %s in mid-trial spoils it, and says why', async (_, before, after) => {
    const { outcome, conditions } = await runWith((index) => (index === 0 ? before : after))
    expect(outcome).toMatchObject({
      kind: 'interference',
      message: 'The computer runs on battery and may slow down to save power: plug it in.',
    })
    expect(conditions).toEqual(['machine.onBattery'])
  })

  test('getting hot is what a study does to a computer', async () => {
    const { outcome, conditions } = await runWith((index) => (index === 0 ? [] : [hot]))
    expect(outcome.kind).toBe('ok')
    expect(conditions).toEqual(['machine.hot'])
  })
})

describe('a graphics card that others use', () => {
  test('is waited for before anything is loaded', async () => {
    const { outcome, activities, daemon } = await runWith((index) => (index < 4 ? [busyCard] : []))
    expect(outcome.kind).toBe('ok')
    expect(activities[0]).toEqual(busyCard)
    expect(daemon.calls.filter((call) => call === 'load')).toHaveLength(1)
  })

  test('costs the trial in bounded time if it stays so, without a load', async () => {
    const { outcome, daemon, seconds } = await runWith(() => [busyCard])
    expect(outcome).toMatchObject({ kind: 'interference', message: expect.stringMatching(/^Card is 80% busy/) })
    expect(daemon.loads).toEqual([])
    expect(seconds).toBeLessThan(60)
  })

  test('may only be busy with what it did for us a moment ago', async () => {
    const { outcome, conditions } = await runWith((index) => (index === 1 ? [busyCard] : []))
    expect(outcome.kind).toBe('ok')
    expect(conditions).toEqual([])
  })

  test('spoils a trial that it came into', async () => {
    const { outcome } = await runWith((index) => (index === 0 ? [] : [busyCard]))
    expect(outcome.kind).toBe('interference')
  })
})

test('a trial that the daemon failed is not blamed on the battery', async () => {
  const { outcome } = await runWith((index) => (index === 0 ? [] : [onBattery]), {
    load: (daemon) => void (daemon.loaded = []),
  })
  expect(outcome.kind).toBe('failed')
})
