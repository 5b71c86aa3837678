import { describe, expect, it } from 'vitest'
import type { Study } from '../../../preload/contract/study.ts'
import { sentenceOf } from '../../../main/words/say.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { processorMachine } from '../../daemon/scripted-runner.ts'
import { freshStudy, quickChat, runToEnd } from './laboratory.ts'

const sabotaged = { name: 'base', parameters: { num_thread: 16 } }

/** Told of every state of a study: acts the first time that it is the one waited for. */
function once(isThere: (study: Study) => boolean, act: () => void): (study: Study) => void {
  let isDone = false
  return (study) => {
    if (isDone || !isThere(study)) return
    isDone = true
    act()
  }
}

const hasTrials = (count: number) => (study: Study) => study.trials.length === count

function confirmsCandidate({ trials }: Study): boolean {
  const last = trials.at(-1)
  return last?.purpose === 'confirmCandidate' && last.outcome === null
}

describe('a daemon that dies in mid-trial', () => {
  it('costs that trial, and the study goes on once it is back', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const restart = async () => {
      await scripted.kill()
      await scripted.revive()
    }
    let restarted = Promise.resolve()
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      once(hasTrials(4), () => {
        scripted.inject('generate', { kind: 'meanwhile', act: () => void (restarted = restart()) }, { skip: 1 })
      }),
    )
    await restarted
    expect(study.state).toBe('finished')
    expect(study.trials[3]?.outcome?.kind).toBe('failed')
    expect(study.trials.slice(4).every(({ outcome }) => outcome?.kind === 'ok')).toBe(true)
    expect(study.report?.verdict.kind).toBe('improved')
  })

  it('ends the study with a clear failure if it never comes back, and keeps the measurements', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    let killed = Promise.resolve()
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')), (state) => {
      if (state.trials.length === 4) killed = scripted.kill()
    })
    await killed
    expect(study.state).toBe('failed')
    expect(study.failure).toMatchObject({ code: 'engineCrashed' })
    expect(study.failure?.hint).not.toBe('')
    expect(study.report?.verdict.kind).toBe('stopped')
    expect(study.report?.best).toEqual(study.report?.baseline)
  })
})

describe('a runner that crashes', () => {
  it('marks its trial as failed and no other', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      once(hasTrials(3), () => {
        scripted.inject('generate', { kind: 'crash', afterTokens: 10 })
      }),
    )
    expect(study.trials.filter(({ outcome }) => outcome?.kind === 'failed').map(({ number }) => number)).toEqual([3])
    expect(study.state).toBe('finished')
    expect(study.report?.notes.map(({ code }) => code)).toContain('study.countFailed')
  })

  it('does not cost a candidate its confirmation', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      once(confirmsCandidate, () => {
        scripted.inject('generate', { kind: 'crash', afterTokens: 10 })
      }),
    )
    expect(study.trials.filter(({ outcome }) => outcome?.kind === 'failed')).toHaveLength(1)
    expect(study.report?.verdict.kind).toBe('improved')
  })
})

describe('settings that do not fit', () => {
  it('fail clearly when they are the user’s own', async () => {
    await using scripted = await startScriptedDaemon()
    scripted.inject('load', { kind: 'outOfMemory' }, { times: Infinity })
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
    expect(study).toMatchObject({ state: 'failed', failure: { code: 'outOfMemory' }, report: null })
    expect(study.trials).toHaveLength(2)
  })

  it('are out of the running when they fail on being loaded again', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      once(confirmsCandidate, () => {
        scripted.inject('load', { kind: 'outOfMemory' })
      }),
    )
    expect(study.state).toBe('finished')
    expect(study.report?.verdict.kind).not.toBe('improved')
    expect(study.report?.best).toEqual(study.report?.baseline)
    expect(study.report?.verdict.reasons.map(({ code }) => code)).toContain('study.candidateFailed')
  })
})

describe('other programs on the same daemon', () => {
  it('have their disturbed trials repeated, a bounded number of times', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      once(hasTrials(3), () => {
        scripted.inject('generate', { kind: 'queued', seconds: 5 }, { times: 12 })
      }),
    )
    const disturbed = study.trials.filter(({ outcome }) => outcome?.kind === 'interference')
    expect(disturbed.length).toBeGreaterThan(0)
    expect(study.trials[disturbed.length + 2]?.configuration).toEqual(disturbed[0]?.configuration)
    expect(study.state).toBe('finished')
    expect(study.report?.notes.map(({ code }) => code)).toContain('study.countInterference')
  })

  it('that load the model with another context are named as a problem, with what to do', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    const { study } = await runToEnd(
      scripted,
      await freshStudy(scripted, quickChat('base:latest')),
      once(hasTrials(3), () => {
        const act = () => scripted.loadByAnotherProgram('base', { num_ctx: 2048 })
        scripted.inject('generate', { kind: 'meanwhile', act }, { skip: 1 })
      }),
    )
    const [problem] = study.report?.notes ?? []
    expect(problem).toMatchObject({ code: 'study.foreignContext', values: { found: '2048', asked: 4096, count: 2 } })
    expect(problem?.text).toContain('num_ctx')
    expect(problem && sentenceOf(problem, 'de')).toContain('num_ctx')
  })

  it('that never give way end the study before it has begun', async () => {
    await using scripted = await startScriptedDaemon({ machine: processorMachine(4, 60) })
    scripted.inject('generate', { kind: 'queued', seconds: 5 }, { times: Infinity })
    const { study } = await runToEnd(scripted, await freshStudy(scripted, quickChat('base:latest')))
    expect(study).toMatchObject({ state: 'failed', failure: { code: 'daemonBusy' }, report: null })
  })
})
