import type { RemoteComputer, StudyRequest } from '../../preload/contract/goal.ts'
import type { Handlers, RouteName } from '../../preload/contract/routes.ts'
import { insightFor } from '../study/insight/insight.ts'
import { exportStudy, type ExportOptions } from '../study/report/export.ts'
import type { StudyService } from '../study/service.ts'

type StudyRoutes = Extract<RouteName, `plan.${string}` | `study.${string}` | `save.${string}`>

/** Answers once the work is done, with nothing to tell. */
const done = async (work: Promise<void>): Promise<Record<string, never>> => {
  await work
  return {}
}

interface StudyHandlersOptions {
  studies: StudyService
  /** What exports depend on besides the study. */
  exporting: () => Omit<ExportOptions, 'format'>
  /** What the user said once of the computer that Ollama runs on, for requests that say nothing. */
  remoteComputer: () => RemoteComputer | undefined
}

export function studyHandlers(options: StudyHandlersOptions): Pick<Handlers, StudyRoutes> {
  const { studies, exporting, remoteComputer } = options
  const complete = (request: StudyRequest): StudyRequest => {
    const told = request.remoteComputer ?? remoteComputer()
    return request.model.daemon === 'ollama' && told ? { ...request, remoteComputer: told } : request
  }
  return {
    'plan.create': (request) => studies.plan(complete(request)),
    'study.start': (request) => studies.start(complete(request)),
    'study.pause': ({ id }) => done(studies.pause(id)),
    'study.resume': ({ id }) => done(studies.resume(id)),
    'study.skipTrial': ({ id }) => done(studies.skipTrial(id)),
    'study.stop': ({ id }) => done(studies.stop(id)),
    'study.list': () => studies.list(),
    'study.get': ({ id }) => studies.get(id),
    'study.current': async () => studies.current(),
    'study.delete': ({ id }) => done(studies.delete(id)),
    'study.rescore': ({ id, goal }) => studies.rescore(id, goal),
    'study.insight': async ({ id, ...question }) => insightFor((await studies.get(id)).study, question),
    'study.export': async ({ id, format }) => exportStudy((await studies.get(id)).study, { format, ...exporting() }),
    'save.suggestName': ({ id }) => studies.suggestName(id),
    'save.preview': (wish) => studies.preview(wish),
    'save.environment': (wish) => studies.environment(wish),
    'save.register': (wish) => studies.register(wish),
    'save.undo': ({ id, name }) => studies.undo(id, name),
  }
}
