import { describe, expect, it } from 'vitest'
import { transition } from '../../../main/study/transitions.ts'
import { startScriptedDaemon, type ScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { freshStudy, quickChat, runToEnd, wallClock } from './laboratory.ts'

const sabotaged = { name: 'base', parameters: { num_thread: 16 } }

/** Presses a button in the midst of the answer after so many others. */
function duringAnswer(scripted: ScriptedDaemon, skip: number, press: () => void): void {
  scripted.inject('generate', { kind: 'meanwhile', act: press }, { skip })
}

describe('pausing', () => {
  it('cuts the running trial off at once, forgets it and unloads the model', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study, saved } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      (state, control) => {
        if (state.trials.length === 3) duringAnswer(scripted, 0, () => control.pause())
      },
    )
    expect(study.state).toBe('paused')
    expect(study.trials).toHaveLength(2)
    expect(saved.some(({ trials }) => trials.length === 3)).toBe(true)
    expect(scripted.loadedNames()).toEqual([])
  })

  it('changes nothing in how the study ends', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    let pauses = 0
    let state = await freshStudy(scripted, quickChat('base:latest'))
    while (state.state === 'running') {
      const course = await runToEnd(scripted, state, (saved, control) => {
        if (saved.trials.at(-1)?.outcome?.kind === 'ok' && ++pauses % 3 === 0) control.pause()
      })
      state = course.study
      if (state.state === 'paused')
        state = transition(state, { type: 'resumed', at: wallClock(scripted)().toISOString() })
    }
    expect(pauses).toBeGreaterThan(6)
    expect(state.report?.verdict.kind).toBe('improved')
    expect(state.trials.map(({ number }) => number)).toEqual(state.trials.map((_, index) => index + 1))
    await using untouched = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(untouched, await freshStudy(untouched, quickChat('base:latest')))
    const plain = (trials: typeof study.trials) =>
      trials.map(({ purpose, configuration }) => ({ purpose, configuration }))
    expect(plain(state.trials)).toEqual(plain(study.trials))
  })
})

describe('skipping a trial', () => {
  it('marks it and goes on with another one', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      (state, control) => {
        if (state.trials.length === 4 && state.trials[3]?.outcome === null)
          duringAnswer(scripted, 1, () => control.skipTrial())
      },
    )
    const skipped = study.trials[3]
    expect(skipped?.outcome).toMatchObject({ kind: 'skipped' })
    expect(study.state).toBe('finished')
    expect(study.trials.filter(({ configuration }) => configuration === skipped?.configuration)).toHaveLength(1)
    expect(study.report?.notes.map(({ code }) => code)).toContain('study.countSkipped')
  })

  it('cannot take the baseline out of the study', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      (state, control) => {
        if (state.trials.length === 1) control.skipTrial()
      },
    )
    expect(study.trials.slice(0, 3)).toMatchObject([
      { purpose: 'baseline', outcome: { kind: 'skipped' } },
      { purpose: 'baseline', outcome: { kind: 'ok' } },
      { purpose: 'baseline', outcome: { kind: 'ok' } },
    ])
  })
})

describe('stopping', () => {
  it('keeps what was found, recommends no change, and names what looked promising', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      (state, control) => {
        if (state.trials.length === 6) duringAnswer(scripted, 1, () => control.stop())
      },
    )
    expect(study.state).toBe('stopped')
    expect(study.trials).toHaveLength(5)
    expect(study.report?.verdict.kind).toBe('stopped')
    expect(study.report?.best).toEqual(study.report?.baseline)
    expect(study.report?.changes).toEqual([])
    expect(study.report?.notes.map(({ code }) => code)).toContain('study.promising')
    expect(scripted.loadedNames()).toEqual([])
  })

  it('before anything was measured leaves a study without a report', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      (state, control) => {
        if (state.trials.length === 1) control.stop()
      },
    )
    expect(study).toMatchObject({ state: 'stopped', report: null, trials: [] })
  })
})

it('tells of every trial twice, and saves before it tells', async () => {
  await using scripted = await startScriptedDaemon({ models: [sabotaged] })
  const start = await freshStudy(scripted, quickChat('base:latest'))
  const { study, saved, events } = await runToEnd(scripted, start)
  const told = events.flatMap((event) => (event.type === 'study.trial' ? [event.trial] : []))
  expect(told).toHaveLength(2 * study.trials.length)
  for (const trial of told) expect(saved.some(({ trials }) => trials.includes(trial))).toBe(true)
  const progress = events.flatMap((event) => (event.type === 'study.progress' ? [event.progress] : []))
  expect(progress[0]?.remainingSeconds).toBeNull()
  expect(progress.at(-1)?.trialNumber).toBe(study.trials.length)
  for (const { trialNumber, expectedTrials } of progress) expect(trialNumber).toBeLessThanOrEqual(expectedTrials)
})
