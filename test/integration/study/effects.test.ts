import { expect, it } from 'vitest'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { processorMachine } from '../../daemon/scripted-runner.ts'
import { freshStudy, quickChat, runToEnd } from './laboratory.ts'

it('a study leaves a parameter alone that the daemon ignores, and says so', async () => {
  const machine = processorMachine(4)
  await using scripted = await startScriptedDaemon({
    models: [{ name: 'base', parameters: { num_thread: 16 } }],
    machine: {
      ...machine,
      memory: (options, model) => machine.memory({ ...options, num_batch: 512 }, model),
      performance: (options, model) => machine.performance({ ...options, num_batch: 512 }, model),
    },
  })
  const start = await freshStudy(scripted, { ...quickChat('base:latest'), sampler: 'bayes', budget: 'standard' })
  expect(start.plan.dimensions.map(({ name }) => name)).toContain('num_batch')
  const { study } = await runToEnd(scripted, start)
  expect(study.plan.leftAlone).toContainEqual({
    name: 'num_batch',
    reason: expect.objectContaining({ code: 'study.noEffect' }),
  })
  expect(study.report?.notes.map(({ code }) => code)).toContain('study.noEffect')
  expect(study.report?.changes.map(({ name }) => name)).toEqual(['num_thread'])
})
