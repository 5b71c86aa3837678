import { afterAll, describe, expect, it } from 'vitest'
import { reportSchema, studySchema } from '../../../preload/contract/study.ts'
import { processorUse } from '../../../main/measure/processor-watch.ts'
import { loadTables } from '../../bench/tables.ts'
import { watchOver } from '../../bench/virtual/background.ts'
import { oracleOn } from '../../bench/oracle.ts'
import { judge } from '../../bench/regret.ts'
import { planReplay, replayStudy } from '../../bench/virtual/virtual-study.ts'
import { createVirtualTime } from '../../bench/virtual/virtual-time.ts'
import { tableFolders, tinyMeta, tinyRows } from './tiny-table.ts'

const folders = tableFolders()
const noise = { within_load_sd_log: 0.01, between_load_sd_log: 0.005, drift_fraction: 0.02, drift_time_constant_s: 300 }
const [table] = loadTables(folders.add('tiny', { ...tinyMeta, noise }))
afterAll(folders.remove)
if (!table) throw new Error('the tiny table was not found')

describe('a study replayed on a table', () => {
  it('runs to its report by the code of the app, and finds what is a third faster', async () => {
    const plan = await planReplay(table, 'chat', 'standard', 'bayes')
    const { study, loads, secondsPaid } = await replayStudy(plan, 1)
    expect(studySchema.parse(study)).toEqual(study)
    const { verdict, best } = reportSchema.parse(study.report)
    expect(verdict.kind).toBe('improved')
    expect(best.configuration.num_thread).toBe(3)
    expect(loads).toHaveLength(study.trials.length)
    expect(secondsPaid).toBeCloseTo(study.activeSeconds, 6)
  })

  it('searches nothing that the table has no row for', async () => {
    const { study } = await replayStudy(await planReplay(table, 'chat', 'thorough', 'random'), 1)
    const searched = study.trials.filter(({ purpose }) => purpose === 'search')
    expect(searched.length).toBeGreaterThan(1)
    expect(searched.every(({ configuration }) => table.row(configuration) !== undefined)).toBe(true)
  })

  it('by a search that knows the table tries nothing but the best of it', async () => {
    const { study } = await replayStudy(await planReplay(table, 'chat', 'quick', oracleOn(table)), 1)
    const tried = study.trials.filter(({ purpose }) => purpose === 'search' || purpose === 'confirmCandidate')
    expect(tried.length).toBeGreaterThan(1)
    expect(tried.every(({ configuration }) => judge(table, 'chat', configuration).regretPercent === 0)).toBe(true)
  })

  it('is the same for the same seed, whatever ran before', async () => {
    const plan = await planReplay(table, 'throughput', 'quick', 'bayes')
    const once = await replayStudy(plan, 7)
    await replayStudy(plan, 8)
    expect(await replayStudy(plan, 7)).toEqual(once)
  })

  it('pays for a trial that is given up only what ran of it', async () => {
    // Two threads decode a tenth as fast: hopeless beside the 14 s of the default.
    const rows = tinyRows.replace('2,0,default,oom,3,,,,,', '2,0,default,ok,5,,100,1,500,0')
    const meta = { ...tinyMeta, workload: { ...tinyMeta.workload, repetition_limit_s: 600 } }
    const [crawling] = loadTables(
      folders.add('crawling', meta, rows.replace('2,64,default,timeout', '2,64,default,ok')),
    )
    if (!crawling) throw new Error('the crawling table was not found')
    const { study } = await replayStudy(await planReplay(crawling, 'chat', 'thorough', 'random'), 1)
    const trial = study.trials.find(({ outcome }) => outcome?.kind === 'ok' && outcome.stoppedEarly)
    if (trial?.outcome?.kind !== 'ok') throw new Error('no trial was given up')
    const [answer] = trial.outcome.repetitions
    const seconds = (Date.parse(trial.finishedAt ?? '') - Date.parse(trial.startedAt)) / 1000
    expect(trial.configuration.num_thread).toBe(2)
    expect(answer?.outputTokens).toBeLessThan(60)
    expect(seconds).toBeCloseTo(5 + (answer?.ttftSeconds ?? 0) + (answer?.outputTokens ?? 0), 2)
  })

  it('notices a program that the processor times tell of', async () => {
    const plan = await planReplay(table, 'chat', 'quick', 'bayes')
    const program = { startsAtSeconds: 100, endsAtSeconds: Infinity, share: 0.3 }
    const outcomes = async (isSeen: boolean) =>
      (await replayStudy(plan, 1, { program, isSeen })).study.trials.map(({ outcome }) => outcome?.kind)
    expect(await outcomes(false)).not.toContain('interference')
    expect(await outcomes(true)).toContain('interference')
  })
})

describe('a watch over a virtual daemon', () => {
  it('tells the share that the program takes while it runs', async () => {
    const time = createVirtualTime()
    const program = { startsAtSeconds: 10, endsAtSeconds: 20, share: 0.25 }
    const watch = watchOver(program, 8, time, { busySeconds: () => time.now() })
    const readings: Awaited<ReturnType<typeof watch.read>>[] = []
    for (const seconds of [0, 10, 20, 30]) {
      time.passUntil(seconds)
      readings.push(await watch.read())
    }
    const shares = readings.slice(1).map((after, index) => processorUse(readings[index] ?? null, after)?.otherShare)
    expect(shares).toEqual([0, 0.25, 0])
  })
})
