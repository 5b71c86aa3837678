import { afterEach, describe, expect, test } from 'vitest'
import type { RemoteComputer } from '../../../preload/contract/goal.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { searchOf } from '../../../main/study/plan.ts'
import { newStudy, planFor, prepare } from '../../../main/study/prepare.ts'
import { startScriptedDaemon, type ScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import { fourCores, quickChat, studyDaemon, withGraphics } from './laboratory.ts'

let scripted: ScriptedDaemon | null = null
afterEach(() => scripted?.close())

test('a plan warns of what makes measuring unsteady here, but not where the model runs elsewhere', async () => {
  scripted = await startScriptedDaemon({ models: [{ name: 'base' }] })
  const onBattery = calmComputer(fourCores, { power: { source: 'battery', batteryPercent: 40 }, isSavingPower: true })
  const target = studyDaemon(scripted)
  const warningsOf = async (isLocal: boolean) => {
    const preparation = await prepare({ ...target, isLocal }, quickChat('base'), onBattery)
    return planFor(quickChat('base'), { ...target, isLocal }, preparation, []).plan.warnings.map(({ code }) => code)
  }
  expect(await warningsOf(true)).toEqual(['machine.powerSaver', 'machine.onBattery'])
  expect(await warningsOf(false)).toEqual(['study.remoteDaemon'])
})

describe('a daemon on another computer', () => {
  async function planned(remoteComputer?: RemoteComputer) {
    scripted = await startScriptedDaemon({ models: [{ name: 'base' }] })
    const target = { ...studyDaemon(scripted), isLocal: false }
    const request = { ...quickChat('base'), ...(remoteComputer ? { remoteComputer } : {}) }
    const preparation = await prepare(target, request, calmComputer(withGraphics(8000)))
    const study = newStudy(request, target, preparation, { id: 'study-0001', createdAt: '2026-01-01T00:00:00.000Z' })
    return { study, plan: study.plan, candidates: searchOf(study).space.candidates }
  }
  const valuesOf = (candidates: readonly Configuration[], name: keyof Configuration) =>
    [...new Set(candidates.map((candidate) => candidate[name]))].toSorted((a, b) => Number(a) - Number(b))

  test('is planned for without a word about this one, and only with what is safe anywhere', async () => {
    const { study, plan, candidates } = await planned()
    expect(study.daemon.isRemote).toBe(true)
    expect(study.machine.gpus).toEqual([])
    expect(study.machine.cpu.name).not.toBe(fourCores.cpu.name)
    expect(valuesOf(candidates, 'num_thread')).toEqual([0])
    expect(valuesOf(candidates, 'num_gpu')).toEqual([-1])
    expect(Math.max(...candidates.map(({ num_batch }) => num_batch))).toBeLessThanOrEqual(512)
    expect(plan.regimeReason.code).toBe('study.remoteRegimeUnknown')
    const reasons = plan.leftAlone.map(({ name, reason }) => [name, reason.code])
    expect(reasons).toContainEqual(['num_thread', 'study.remoteCoresUntold'])
    expect(reasons).toContainEqual(['num_gpu', 'study.remoteGraphicsUntold'])
    expect(plan.warnings[0]?.text).toContain('Nothing was said of it')
  })

  test('is planned for with what the user says of it', async () => {
    const { study, plan, candidates } = await planned({ cores: 8, memoryMiB: 32_768, vramMiB: 2048 })
    expect(study.machine.cpu.allowedCores).toBe(8)
    expect(Math.max(...candidates.map(({ num_thread }) => num_thread))).toBeLessThanOrEqual(8)
    expect(valuesOf(candidates, 'num_gpu').length).toBeGreaterThan(1)
    expect(Math.max(...candidates.map(({ num_batch }) => num_batch))).toBeGreaterThan(512)
    expect(plan.regimeReason.code).toMatch(/^search\./)
    expect(plan.warnings[0]?.text).toContain('8 cores, 32 GB of memory, 2.0 GB of graphics memory')
  })
})
