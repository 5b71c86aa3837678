import { describe, expect, it } from 'vitest'
import type { MachineProfile } from '../../../../preload/contract/machine.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { Fidelity } from '../../../../preload/contract/trial.ts'
import { skip } from '../../../../main/measure/trial.ts'
import type { MemoryWatch } from '../../../../main/measure/memory-guard.ts'
import { blindWatch } from '../../../../main/measure/processor-watch.ts'
import { systemClock } from '../../../../main/ollama/clock.ts'
import type { Daemon } from '../../../../main/ollama/daemon.ts'
import { createStudyControl } from '../../../../main/study/run/control.ts'
import { searchOf } from '../../../../main/study/plan.ts'
import { trialRequest } from '../../../../main/study/run/trial-request.ts'
import { aStudy, configured, okOutcome, smallModel, twoCores } from '../builders.ts'

const withGpu: MachineProfile = {
  ...twoCores,
  gpus: [
    { name: 'GPU', vendor: 'nvidia', totalVramMiB: 8000, freeVramMiB: 7000, unified: false, source: 'nvidia-smi' },
  ],
}
const measured = aStudy({ machine: withGpu, trials: [{ purpose: 'baseline', outcome: okOutcome({ decode: 30 }) }] })

function request(
  configuration: Configuration | 'asSaved',
  study = measured,
  fidelity?: Fidelity,
  memoryWatch?: MemoryWatch,
) {
  return trialRequest(
    study,
    {
      daemon: {} as Daemon,
      processorWatch: blindWatch,
      ...(memoryWatch ? { memoryWatch } : {}),
      clock: systemClock,
      random: () => 0.5,
    },
    {
      model: 'small:latest',
      configuration,
      abandonAboveTurnSeconds: 9,
      fidelity,
      onActivity: () => undefined,
      signal: new AbortController().signal,
    },
  )
}

describe('a trial’s request', () => {
  it('carries the study’s context, workload and the tag’s own parameters', () => {
    const study = aStudy({ model: { ...aStudy().model, parameters: { num_thread: 8 } } })
    expect(request(configured({ num_thread: 2 }), study)).toMatchObject({
      contextLength: 4096,
      workload: study.plan.workload,
      baseParameters: { num_thread: 8 },
      abandonAboveTurnSeconds: 9,
      repetitions: { minimum: 3 },
    })
  })

  it('asks for exactly as much as a short trial needs', () => {
    const { workload, repetitions } = request(configured(), measured, { repetitions: 1, outputTokens: 40 })
    expect(workload).toEqual({ ...measured.plan.workload, outputTokens: 40 })
    expect(repetitions).toMatchObject({ minimum: 1, maximum: 1 })
  })

  it('guards the memory of the computer by what the load should take, but not against the user’s own settings', () => {
    const watch = () => Promise.resolve(2000)
    const guardOf = (configuration: Configuration | 'asSaved', memoryWatch?: MemoryWatch) =>
      request(configuration, measured, undefined, memoryWatch).memoryGuard
    const guard = guardOf(configured({ num_thread: 2 }), watch)
    const { problem } = searchOf(measured)
    expect(guard).toMatchObject({ watch, reserveMiB: 0.05 * measured.machine.memory.totalMiB })
    expect(guard?.predictedMiB).toBe(problem.predictMemory(configured({ num_thread: 2 })).ramMiB)
    expect(guardOf(measured.plan.baseline, watch)).toBeNull()
    expect(guardOf('asSaved', watch)).toBeNull()
    expect(guardOf(configured({ num_thread: 2 }))).toBeNull()
  })

  it('waits longer for larger models to load', () => {
    const large = aStudy({ model: { ...aStudy().model, facts: { ...smallModel, totalBytes: 40e9 } } })
    const seconds = (study: typeof large) => request(configured(), study).limits.loadSeconds
    expect(seconds(large)).toBeGreaterThan(1500)
    expect(seconds(aStudy())).toBeLessThan(130)
  })

  it('expects the baseline’s speed only of what differs in nothing but layers on the graphics card', () => {
    const expected = { decodeTokensPerSecond: 30, availableVramMiB: 7000 }
    expect(request(configured({ num_gpu: 20 })).expectations).toEqual(expected)
    expect(request(configured({ num_gpu: 20, num_thread: 1 })).expectations).toBeNull()
    expect(request('asSaved').expectations).toBeNull()
    expect(request(configured({ num_gpu: 20 }), aStudy({ machine: withGpu })).expectations).toBeNull()
    expect(request(configured({ num_gpu: 20 }), { ...measured, machine: twoCores }).expectations).toBeNull()
  })
})

describe('the buttons of a study', () => {
  it('cut off the trial that is running, each for its own reason', () => {
    const control = createStudyControl()
    const first = control.beginTrial()
    control.skipTrial()
    expect(first.reason).toBe(skip)
    expect(control.ending).toBeNull()
    const second = control.beginTrial()
    expect(second.aborted).toBe(false)
    control.pause()
    expect(second.aborted).toBe(true)
    expect(second.reason).not.toBe(skip)
    expect(control.ending).toBe('pause')
  })

  it('let no further trial begin once the end was asked for, and a stop outranks a pause', () => {
    const control = createStudyControl()
    control.stop()
    control.pause()
    expect(control.ending).toBe('stop')
    expect(control.beginTrial().aborted).toBe(true)
  })
})
