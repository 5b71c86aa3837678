import { z } from 'zod'
import { daemonStatusSchema } from './daemon.ts'
import { environmentAdviceSchema } from './environment.ts'
import { errorReportSchema } from './errors.ts'
import { goalKindSchema, studyRequestSchema } from './goal.ts'
import { insightQuestionSchema, insightSchema } from './insight.ts'
import { machineProfileSchema } from './machine.ts'
import { configurationSchema, localModelSchema } from './model.ts'
import { planSchema } from './plan.ts'
import { settingsSchema } from './settings.ts'
import { certificateSchema, reportSchema, studyProgressSchema, studySchema, studySummarySchema } from './study.ts'

interface Route<I extends z.ZodType, O extends z.ZodType> {
  readonly input: I
  readonly output: O
}

function route<I extends z.ZodType, O extends z.ZodType>(definition: Route<I, O>): Route<I, O> {
  return definition
}

const nothing = z.object({}).strict()
const studyId = z.object({ id: studySchema.shape.id }).strict()
const tagName = z.string().min(1).max(300)

/** Pages outside the app that it may open, by name only: the renderer never sends a URL. */
export const linkIdSchema = z.enum(['ollamaDownload', 'ollamaLibrary'])

/** Folders that may be shown in the system's file manager, by name only: the renderer never sends a path to open. */
export const folderIdSchema = z.enum(['data', 'logs', 'licences'])
export type FolderId = z.infer<typeof folderIdSchema>

/** Every request that the renderer can make, and what it gets. Both doors of the window carry exactly these. */
export const routes = {
  'app.info': route({
    input: nothing,
    output: z.object({
      version: z.string(),
      shell: z.enum(['electron', 'web', 'cli']),
      dataFolder: z.string(),
      /** What it runs on: Electron, Chromium, Node. */
      runtimes: z.array(z.object({ name: z.string(), version: z.string() })),
      /** Whether there is a folder with the licences of what it is made of: in packages. */
      hasLicences: z.boolean(),
    }),
  }),
  'app.openLink': route({ input: z.object({ link: linkIdSchema }).strict(), output: nothing }),
  'app.openFolder': route({ input: z.object({ folder: folderIdSchema }).strict(), output: nothing }),
  'settings.get': route({ input: nothing, output: settingsSchema }),
  'settings.set': route({
    input: settingsSchema.omit({ schemaVersion: true }).partial().strict(),
    output: settingsSchema,
  }),
  'machine.profile': route({ input: nothing, output: machineProfileSchema }),
  'daemon.status': route({
    input: nothing,
    output: z.object({ ollama: daemonStatusSchema, builtIn: daemonStatusSchema }),
  }),
  /** Starts an installed Ollama the platform's way and waits until it answers. */
  'daemon.start': route({ input: nothing, output: daemonStatusSchema }),
  'model.list': route({
    input: nothing,
    /** `problems`: daemons that could not be asked; the models of the others are listed all the same. */
    output: z.object({ models: z.array(localModelSchema), problems: z.array(errorReportSchema) }),
  }),
  /** Gives a GGUF file to the built-in engine; the file stays where it is. */
  'model.openFile': route({
    input: z.object({ path: z.string().min(1).max(4096) }).strict(),
    output: localModelSchema,
  }),
  /** Writes the practice model to disk; `practice.progress` events tell how far. */
  'model.preparePractice': route({ input: nothing, output: localModelSchema }),
  'plan.create': route({ input: studyRequestSchema, output: planSchema }),
  'study.start': route({ input: studyRequestSchema, output: z.object({ id: z.string() }) }),
  /** Takes effect at once, and frees the model's memory; the running trial is run anew when the study goes on. */
  'study.pause': route({ input: studyId, output: nothing }),
  /** Goes on with a paused or interrupted study. */
  'study.resume': route({ input: studyId, output: nothing }),
  'study.skipTrial': route({ input: studyId, output: nothing }),
  /** Ends the study and keeps what was found; the report says what it rests on. */
  'study.stop': route({ input: studyId, output: nothing }),
  'study.list': route({ input: nothing, output: z.array(studySummarySchema) }),
  'study.get': route({
    input: studyId,
    output: z.object({ study: studySchema, progress: studyProgressSchema.nullable() }),
  }),
  /** The study that runs or is paused in this process or was left unfinished by the last one, if any. */
  'study.current': route({ input: nothing, output: z.object({ id: z.string().nullable() }) }),
  'study.delete': route({ input: studyId, output: nothing }),
  /** The same measurements judged for another goal; nothing is run or stored. */
  'study.rescore': route({ input: studyId.extend({ goal: goalKindSchema }), output: reportSchema }),
  /** Which parameters matter and what there is to choose between, by own weights and limits if asked; nothing is run. */
  'study.insight': route({ input: studyId.extend(insightQuestionSchema.shape), output: insightSchema }),
  /** The study as a file: a page that needs nothing else to be read or printed, or a document for programs. */
  'study.export': route({
    input: studyId.extend({ format: z.enum(['html', 'json']) }),
    output: z.object({ fileName: z.string(), content: z.string() }),
  }),
  /** A free tag name for the result, `<model>-attuned` or the next free number. */
  'save.suggestName': route({ input: studyId, output: z.object({ name: z.string() }) }),
  'save.preview': route({
    input: studyId.extend({ name: tagName, configuration: configurationSchema }),
    /** `nameProblem` says why the name cannot be registered, null if it can. */
    output: z.object({ modelfile: z.string(), nameProblem: errorReportSchema.nullable() }),
  }),
  /** What a configuration needs besides a tag: `advice` is null where that is all, and a tag may hold nothing of it. */
  'save.environment': route({
    input: studyId.extend({ configuration: configurationSchema }),
    output: z.object({ advice: environmentAdviceSchema.nullable(), isHeldByTag: z.boolean() }),
  }),
  /** Creates the tag, then measures it with no options sent; `register.progress` events tell how far. */
  'save.register': route({
    input: studyId.extend({ name: tagName, configuration: configurationSchema }),
    output: certificateSchema,
  }),
  /** Removes exactly the tag that `save.register` made. */
  'save.undo': route({ input: studyId.extend({ name: tagName }), output: certificateSchema }),
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes
export const routeNames = Object.keys(routes) as RouteName[]
export type RouteInput<N extends RouteName> = z.input<Routes[N]['input']>
export type RouteOutput<N extends RouteName> = z.output<Routes[N]['output']>
export type StudyExport = RouteOutput<'study.export'>

/** What a handler receives (defaults filled in) and returns. */
export type Handlers = {
  [N in RouteName]: (input: z.output<Routes[N]['input']>) => Promise<z.input<Routes[N]['output']>>
}

/** The typed client that the renderer sees: `api['study.start']({...})`. Rejects with an `AttuneError`. */
export type Api = { [N in RouteName]: (input: RouteInput<N>) => Promise<RouteOutput<N>> }

/** What travels back over any transport. Electron keeps only an error's message, hence the envelope. */
export type Envelope<T> = { ok: true; data: T } | { ok: false; error: z.infer<typeof errorReportSchema> }
export const envelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorReportSchema }),
])
