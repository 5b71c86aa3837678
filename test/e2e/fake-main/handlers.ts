import type { EventBus } from '../../../main/event-bus.ts'
import { exportStudy } from '../../../main/study/report/export.ts'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Handlers } from '../../../preload/contract/routes.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { runningOllama } from './fixtures/daemons.ts'
import { insightOf } from './fixtures/insights.ts'
import { practiceModel } from './fixtures/models.ts'
import { partialPlan } from './fixtures/plans.ts'
import { certificateFor, finishedStudy, reportFor } from './fixtures/reports.ts'
import { sentence } from './fixtures/statement.ts'
import { newStudy, phaseOf, progressOf, scriptedTrial, scriptLength, summaryOf } from './fixtures/studies.ts'
import type { Scenario } from './scenarios.ts'

/** The contract over an in-memory scenario, whose settings it changes: it answers like main and measures nothing. */
export function createFakeHandlers(scenario: Scenario, events: EventBus): Handlers {
  const { models, builtIn, machine, problems } = scenario
  const studies = new Map(scenario.studies.map((study) => [study.id, study]))
  let { ollama, activeId } = scenario

  const find = (id: string): Study => {
    const study = studies.get(id)
    if (study) return study
    throw new AttuneError({
      code: 'notFound',
      message: 'There is no such study.',
      hint: 'See the library for those there are.',
    })
  }
  const update = (id: string, change: Partial<Study>): Study => {
    const study = { ...find(id), ...change, updatedAt: new Date().toISOString() }
    studies.set(id, study)
    if (study.state !== 'running' && study.state !== 'paused' && activeId === id) activeId = null
    events.emit({ type: 'study.changed', study })
    return study
  }
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

  /** Plays the scripted trials one after another, as long as the study is left running. */
  const play = async (id: string, pace: number) => {
    for (let number = find(id).trials.length + 1; number <= scriptLength; number++) {
      const begun = scriptedTrial(number, false)
      update(id, { phase: phaseOf(begun), trials: [...find(id).trials, begun] })
      events.emit({ type: 'study.progress', id, progress: progressOf(find(id)) })
      await pause(pace)
      const ended = scriptedTrial(number, true)
      studies.set(id, { ...find(id), trials: [...find(id).trials.slice(0, -1), ended] })
      events.emit({ type: 'study.trial', id, trial: ended })
      if (find(id).state !== 'running') return
    }
    update(id, finishedStudy(find(id)))
  }

  return {
    'app.info': async () => ({
      version: '0.1.0',
      shell: 'web',
      dataFolder: '/home/ada/.local/share/attune',
      runtimes: [{ name: 'Node', version: '24.21.0' }],
      hasLicences: false,
    }),
    'app.openLink': async () => ({}),
    'app.openFolder': async () => ({}),
    'settings.get': async () => scenario.settings,
    'settings.set': async (change) => {
      scenario.settings = {
        ...scenario.settings,
        ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      }
      return scenario.settings
    },
    'machine.profile': async () => machine,
    'daemon.status': async () => ({ ollama, builtIn }),
    'daemon.start': async () => {
      ollama = runningOllama
      return ollama
    },
    'model.list': async () => ({ models, problems }),
    'model.openFile': async ({ path }) => {
      if (!path.endsWith('.gguf')) {
        throw new AttuneError({
          code: 'fileInvalid',
          message: 'This is not a GGUF file.',
          hint: 'Choose a file that ends in .gguf.',
        })
      }
      const name = path.split('/').at(-1)?.replace('.gguf', '') ?? 'model'
      return { ...practiceModel, ref: { daemon: 'builtIn', name }, isPractice: false, needsPreparation: false }
    },
    'model.preparePractice': async () => {
      for (const share of [0.25, 0.5, 0.75, 1]) {
        events.emit({ type: 'practice.progress', share })
        await pause(scenario.pace ?? 0)
      }
      return { ...practiceModel, needsPreparation: false }
    },
    'plan.create': async (request) => partialPlan(request),
    'study.start': async (request) => {
      const study = newStudy('study-9999', request)
      studies.set(study.id, study)
      activeId = study.id
      if (scenario.pace !== null) void play(study.id, scenario.pace)
      return { id: study.id }
    },
    'study.pause': async ({ id }) => {
      update(id, { state: 'paused' })
      return {}
    },
    'study.resume': async ({ id }) => {
      activeId = id
      update(id, { state: 'running' })
      if (scenario.pace !== null) void play(id, scenario.pace)
      return {}
    },
    'study.skipTrial': async () => ({}),
    'study.stop': async ({ id }) => {
      update(id, { ...finishedStudy(find(id)), state: 'stopped' })
      return {}
    },
    'study.list': async () => [...studies.values()].map(summaryOf),
    'study.get': async ({ id }) => {
      const study = find(id)
      return { study, progress: study.state === 'running' ? progressOf(study) : null }
    },
    'study.current': async () => ({ id: activeId }),
    'study.delete': async ({ id }) => {
      studies.delete(id)
      return {}
    },
    'study.rescore': async ({ id, goal }) => reportFor(find(id), goal),
    'study.insight': async ({ id, goal }) => insightOf(find(id), goal ?? find(id).request.goal),
    'study.export': async ({ id, format }) => exportStudy(find(id), { format, language: 'en', version: '0.1.0' }),
    'save.suggestName': async ({ id }) => {
      const study = find(id)
      const count = study.certificates.length
      return { name: `${study.model.ref.name}-attuned${count === 0 ? '' : `-${count + 1}`}` }
    },
    'save.preview': async ({ id, name, configuration }) => ({
      modelfile: modelfile(find(id), configuration),
      nameProblem: models.some((model) => model.ref.name === name)
        ? { code: 'nameTaken', message: `There is a model called ${name} already.`, hint: 'Choose another name.' }
        : null,
    }),
    'save.environment': async () => ({ advice: scenario.advice, isHeldByTag: scenario.isHeldByTag }),
    'save.register': async ({ id, name, configuration }) => {
      for (const [share, activity] of [
        [0.1, sentence('study.creatingTag', { name })],
        [0.4, sentence('study.measuringTag', { load: 1, loads: 2 })],
        [0.7, sentence('study.measuringTag', { load: 2, loads: 2 })],
      ] as const) {
        events.emit({ type: 'register.progress', id, share, activity })
        await pause(scenario.pace ?? 0)
      }
      const certificate = certificateFor(find(id), name, configuration)
      update(id, { certificates: [...find(id).certificates, certificate] })
      return certificate
    },
    'save.undo': async ({ id, name }) => {
      const certificates = find(id).certificates.map((certificate) =>
        certificate.tag === name ? { ...certificate, undoneAt: '2026-11-20T19:50:00Z' } : certificate,
      )
      update(id, { certificates })
      const undone = certificates.find((certificate) => certificate.tag === name)
      if (undone) return undone
      throw new AttuneError({
        code: 'notFound',
        message: 'This name was not saved here.',
        hint: 'Nothing needs to be undone.',
      })
    },
  }
}

function modelfile(study: Study, configuration: Study['plan']['baseline']): string {
  const parameters = Object.entries(configuration)
    .filter(([name, value]) => value !== study.plan.baseline[name as keyof typeof configuration])
    .map(([name, value]) => `PARAMETER ${name} ${value}`)
  return [
    '# Found by Attune 0.1.0 on 20 November 2026, study ' + study.id,
    `FROM ${study.model.ref.name}`,
    ...parameters,
    '',
  ].join('\n')
}
