import { afterEach, expect, test } from 'vitest'
import { planFor, prepare } from '../../../main/study/prepare.ts'
import { startScriptedDaemon, type ScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import { fourCores, quickChat, studyDaemon } from './laboratory.ts'

let scripted: ScriptedDaemon | null = null
afterEach(() => scripted?.close())

test('a plan warns of what makes measuring unsteady here, but not where the model runs elsewhere', async () => {
  scripted = await startScriptedDaemon({ models: [{ name: 'base' }] })
  const onBattery = calmComputer(fourCores, { power: { source: 'battery', batteryPercent: 40 }, isSavingPower: true })
  const target = studyDaemon(scripted)
  const warningsOf = async (isLocal: boolean) => {
    const preparation = await prepare({ ...target, isLocal }, 'base', onBattery)
    return planFor(quickChat('base'), { ...target, isLocal }, preparation, []).plan.warnings.map(({ code }) => code)
  }
  expect(await warningsOf(true)).toEqual(['machine.powerSaver', 'machine.onBattery'])
  expect(await warningsOf(false)).toEqual(['study.remoteDaemon'])
})
