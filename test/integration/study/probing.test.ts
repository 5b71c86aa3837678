import { describe, expect, it } from 'vitest'
import type { ProbeResult } from '../../../preload/contract/machine.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { MachineProbe } from '../../../main/study/probe/probing.ts'
import type { StudyControl } from '../../../main/study/run/control.ts'
import { startScriptedDaemon, type ScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { fourCores, freshStudy, quickChat, runToEnd, withGraphics } from './laboratory.ts'

const found: ProbeResult = {
  steps: [1, 2, 4].map((threads) => ({
    threads,
    readBytesPerSecond: threads * 10e9,
    copyBytesPerSecond: threads * 5e9,
    multiplyAddsPerSecond: threads * 3e9,
  })),
  bufferMiB: 256,
  spread: 0.02,
  seconds: 2,
}

const wished = { ...quickChat('base:latest'), probesMachine: true }

/** A look that finds what it is told to, and counts how often anyone had it. */
function countedProbe(look: MachineProbe = () => Promise.resolve(found)) {
  const threads: number[] = []
  const probe: MachineProbe = (options) => {
    threads.push(options.threads)
    return look(options)
  }
  return { probe, threads }
}

/** A study that is stopped before its second trial; `onSaved` may press other buttons earlier. */
function firstTrialOnly(
  scripted: ScriptedDaemon,
  start: Study,
  probe: MachineProbe,
  onSaved: (study: Study, control: StudyControl) => void = () => undefined,
) {
  const stopSoon = (study: Study, control: StudyControl) => {
    onSaved(study, control)
    if (study.trials.length === 1 && study.trials[0]?.outcome) control.stop()
  }
  return runToEnd(scripted, start, stopSoon, { probe })
}

describe('a look at processor and memory', () => {
  it('comes before the first trial, with its progress, and is kept with what it found', async () => {
    await using scripted = await startScriptedDaemon()
    const { probe, threads } = countedProbe(({ onProgress }) => {
      onProgress(0.5)
      return Promise.resolve(found)
    })
    const start = await freshStudy(scripted, wished)
    const { study, saved, events } = await firstTrialOnly(scripted, start, probe)
    expect(threads).toEqual([fourCores.cpu.allowedCores])
    expect(saved[0]).toMatchObject({ probe: found, trials: [] })
    expect(study.probe).toEqual(found)
    const told = events.flatMap((event) => (event.type === 'study.progress' ? [event.progress.activity] : []))
    expect(told.slice(0, 2)).toMatchObject([
      { code: 'study.probing', values: { percent: 0 } },
      { code: 'study.probing', values: { percent: 50 } },
    ])
    expect(study.report?.notes.map(({ code }) => code)).toContain('study.startedFromProbe')
  })

  it('is had once: neither a resumed study nor the next one on this computer needs another', async () => {
    await using scripted = await startScriptedDaemon()
    const { probe, threads } = countedProbe()
    const start = await freshStudy(scripted, wished)
    const paused = await firstTrialOnly(scripted, start, probe, (_, control) => control.pause())
    const { study } = await firstTrialOnly(scripted, { ...paused.study, state: 'running' }, probe)
    const next = await freshStudy(scripted, wished, fourCores, [study])
    expect(next.probe).toEqual(found)
    await firstTrialOnly(scripted, next, probe)
    expect(threads).toHaveLength(1)
  })

  it('that is cut off by a pause is had when the study goes on', async () => {
    await using scripted = await startScriptedDaemon()
    const { begun, probe } = endlessProbe()
    const start = await freshStudy(scripted, wished)
    const { study } = await runToEnd(
      scripted,
      start,
      undefined,
      { probe },
      (control) => void begun.then(() => control.pause()),
    )
    expect((await begun).aborted).toBe(true)
    expect(study).toMatchObject({ state: 'paused', trials: [] })
    expect(study).not.toHaveProperty('probe')
    const resumed = await firstTrialOnly(scripted, { ...study, state: 'running' }, countedProbe().probe)
    expect(resumed.study.probe).toEqual(found)
  })

  it('can be skipped, and the study goes on without', async () => {
    await using scripted = await startScriptedDaemon()
    const { begun, probe } = endlessProbe()
    const start = await freshStudy(scripted, wished)
    const stopSoon = (state: Study, control: StudyControl) => (state.trials[0]?.outcome ? control.stop() : undefined)
    const { study } = await runToEnd(
      scripted,
      start,
      stopSoon,
      { probe },
      (control) => void begun.then(() => control.skipTrial()),
    )
    expect(study.probe).toBeNull()
    expect(study.trials[0]?.outcome?.kind).toBe('ok')
  })

  it('that cannot be had costs the study nothing', async () => {
    await using scripted = await startScriptedDaemon()
    const start = await freshStudy(scripted, wished)
    const failing = () => Promise.reject(new RangeError('no memory for that'))
    const { study } = await firstTrialOnly(scripted, start, failing)
    expect(study.probe).toBeNull()
    expect(study.report?.notes.map(({ code }) => code)).not.toContain('study.startedFromProbe')
  })

  it.each<[string, (study: Study) => Study]>([
    ['the user did not ask for it', (study) => ({ ...study, request: quickChat('base:latest') })],
    ['the model server is elsewhere', (study) => ({ ...study, daemon: { ...study.daemon, isRemote: true } })],
    [
      'earlier studies measured more than it could tell',
      (study) => ({ ...study, learnt: { studies: 1, parameters: { coreBandwidth: { mean: 23, sd: 0.1 } } } }),
    ],
  ])('is left out where %s', async (_where, change) => {
    await using scripted = await startScriptedDaemon()
    const { probe, threads } = countedProbe()
    const start = await freshStudy(scripted, wished)
    const { study } = await firstTrialOnly(scripted, change(start), probe)
    expect(threads).toEqual([])
    expect(study).not.toHaveProperty('probe')
  })

  it('is left out where the whole model runs on the graphics card', async () => {
    await using scripted = await startScriptedDaemon()
    const { probe, threads } = countedProbe()
    const start = await freshStudy(scripted, wished, withGraphics(24_000))
    expect(start.plan.regime).toBe('full')
    await firstTrialOnly(scripted, start, probe)
    expect(threads).toEqual([])
  })

  it('takes no memory that others need', async () => {
    await using scripted = await startScriptedDaemon()
    const { probe, threads } = countedProbe()
    const start = await freshStudy(scripted, wished)
    const memory = { ...start.machine.memory, availableMiB: 900 }
    const { study } = await firstTrialOnly(scripted, { ...start, machine: { ...start.machine, memory } }, probe)
    expect(threads).toEqual([])
    expect(study.probe).toBeNull()
  })
})

/** A look that ends only when it is cut off. */
function endlessProbe() {
  const { promise: begun, resolve: begin } = Promise.withResolvers<AbortSignal>()
  const probe: MachineProbe = ({ signal }) => {
    begin(signal)
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('cut off'))))
  }
  return { begun, probe }
}
