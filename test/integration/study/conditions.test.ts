import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../main/hardware/conditions/conditions.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { freshStudy, quickChat, runToEnd } from './laboratory.ts'

const sabotaged = { name: 'base', parameters: { num_thread: 16 } }
const onBattery: Condition = { code: 'machine.onBattery', values: {} }

describe('a computer that is unplugged in mid-study', () => {
  it('has that trial repeated, its own settings measured again, and still a verdict', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    let looks = 0
    const conditionsWatch = () => Promise.resolve(++looks > 7 ? [onBattery] : [])
    const start = await freshStudy(scripted, quickChat('base:latest'))
    const { study } = await runToEnd(scripted, start, undefined, { conditionsWatch })
    const spoiled = study.trials.findIndex(({ outcome }) => outcome?.kind === 'interference')
    expect(study.trials[spoiled + 1]).toMatchObject({
      configuration: study.trials[spoiled]?.configuration,
      reason: { code: 'study.repeatDisturbed' },
      outcome: { kind: 'ok', conditions: [{ code: 'machine.onBattery' }] },
    })
    expect(study.trials.map(({ reason }) => reason.code)).toContain('study.sentinelOfPower')
    expect(study.report?.verdict.kind).toBe('improved')
    const notes = study.report?.notes.map(({ code }) => code)
    expect(notes).toEqual(expect.arrayContaining(['study.countInterference', 'study.countCondition']))
  })

  it('is waited for if the user said so, with nothing loaded, and the study goes on by itself', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const began = scripted.clock.now()
    const outage = { from: began + 60, until: began + 600 }
    const isOut = () => scripted.clock.now() >= outage.from && scripted.clock.now() < outage.until
    const start = await freshStudy(scripted, { ...quickChat('base:latest'), pausesOnBattery: true })
    const { study, events } = await runToEnd(scripted, start, undefined, {
      conditionsWatch: () => Promise.resolve(isOut() ? [onBattery] : []),
      powerWatch: () => Promise.resolve(isOut() ? 'battery' : 'mains'),
    })
    expect(study.state).toBe('finished')
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'study.progress',
        progress: expect.objectContaining({ activity: expect.objectContaining({ code: 'study.awaitingMains' }) }),
      }),
    )
    const duringOutage = scripted.requests.filter(
      ({ operation, atSeconds }) => operation === 'load' && atSeconds > outage.from && atSeconds < outage.until,
    )
    expect(duringOutage).toEqual([])
    expect(study.activeSeconds).toBeLessThan(scripted.clock.now() - began - 400)
  })

  it('can be stopped while it waits', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const start = await freshStudy(scripted, { ...quickChat('base:latest'), pausesOnBattery: true })
    let stop = () => {}
    let looks = 0
    const { study } = await runToEnd(scripted, start, (_, control) => void (stop = () => control.stop()), {
      powerWatch: () => {
        looks++
        if (looks > 5) stop()
        return Promise.resolve(looks > 2 ? 'battery' : 'mains')
      },
    })
    expect(study.state).toBe('stopped')
    expect(study.trials).toHaveLength(2)
  })
})
