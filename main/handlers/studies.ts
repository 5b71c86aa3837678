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

/** `exporting`: what exports depend on besides the study. */
export function studyHandlers(
  studies: StudyService,
  exporting: () => Omit<ExportOptions, 'format'>,
): Pick<Handlers, StudyRoutes> {
  return {
    'plan.create': (request) => studies.plan(request),
    'study.start': (request) => studies.start(request),
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
